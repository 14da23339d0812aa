package dev.offpeak.provider.gemini;

import static dev.offpeak.provider.server.Fixture.error;
import static dev.offpeak.provider.server.Fixture.ok;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Position;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.provider.ProviderJob.Phase;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.CreateJob;
import dev.offpeak.provider.Payload;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.server.Fixture;
import dev.offpeak.provider.server.Jobs;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import dev.offpeak.simulator.fault.FaultJson;
import dev.offpeak.simulator.gemini.rules.GeminiRules;
import dev.offpeak.simulator.job.Pace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The adapter against the simulator: the whole way of a batch. */
class GeminiProviderIT {

  private static final String FILE = "01BATCH.jsonl";
  private static final Lane TEXT =
      Lane.of(Provider.GEMINI, "main", "generateContent", "gemini-2.5-flash");
  private static final Lane EMBEDDINGS =
      Lane.of(Provider.GEMINI, "main", "embedContent", "gemini-embedding-001");
  private static final Pace SLOW =
      new Pace(Duration.ZERO, Duration.ofHours(12), Duration.ZERO, Duration.ZERO);

  @Test
  void batchGoesTheWholeWay() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults())) {
      GeminiProvider provider = provider(simulator);
      List<String> bodies = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        bodies.add(text(i % 100 == 7 ? "[sim:fail=503]" : i == 11 ? "[sim:fail=400]" : "Say " + i));
      }
      Payload payload = Jobs.payload(TEXT, bodies);
      assertThat(ok(provider.findFiles(FILE))).isEmpty();
      InputFile file = ok(provider.upload(FILE, payload));
      assertThat(file.bytes()).isEqualTo(payload.length());
      assertThat(ok(provider.findFiles(FILE))).containsExactly(file);
      assertThat(ok(provider.upload(FILE, payload)))
          .as("the same name is the same file")
          .isEqualTo(file);

      CreateJob create = create(TEXT, file);
      assertThat(ok(provider.findJobs(create))).isEmpty();
      ProviderJob created = ok(provider.create(create));
      assertThat(created.inputFileId()).isEqualTo(file.id());
      assertThat(ok(provider.findJobs(create)))
          .extracting(ProviderJob::id)
          .containsExactly(created.id());

      ProviderJob ended = Jobs.awaitEnd(provider, created.id());
      assertThat(ended.phase()).isEqualTo(Phase.COMPLETED);
      assertThat(ended.total()).isEqualTo(2_000);
      assertThat(ended.failed()).isEqualTo(21);
      Map<String, ResultLine> lines =
          Jobs.results(provider, ended).stream()
              .collect(Collectors.toMap(ResultLine::providerId, Function.identity()));
      assertThat(lines).hasSize(2_000);
      assertThat(lines.get(id(5)))
          .isInstanceOfSatisfying(
              ResultLine.Succeeded.class,
              line -> {
                assertThat(line.model()).startsWith("gemini-2.5-flash");
                assertThat(line.usage().tokens().input()).isPositive();
                assertThat(line.usage().tokens().output()).isPositive();
                assertThat(new String(line.body(), UTF_8)).contains("\"candidates\"");
              });
      assertThat(((ResultLine.Errored) lines.get(id(7))).verdict())
          .isEqualTo(ResultLine.Verdict.RETRYABLE);
      assertThat(((ResultLine.Errored) lines.get(id(11))).verdict())
          .isEqualTo(ResultLine.Verdict.YOUR_INPUT);

      assertThat(ok(provider.delete(file.id()))).isTrue();
      assertThat(ok(provider.delete(file.id()))).isTrue();
      assertThat(error(provider.create(create))).isInstanceOf(ProviderError.Gone.class);
    }
  }

  @Test
  void embeddingsGoTheWholeWay() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults())) {
      GeminiProvider provider = provider(simulator);
      String body = "{\"content\":{\"parts\":[{\"text\":\"a few words\"}]}}";
      ProviderJob job = submit(provider, EMBEDDINGS, Collections.nCopies(3, body));
      assertThat(Jobs.results(provider, Jobs.awaitEnd(provider, job.id())))
          .hasSize(3)
          .allSatisfy(
              line -> {
                assertThat(line).isInstanceOf(ResultLine.Succeeded.class);
                assertThat(((ResultLine.Succeeded) line).usage().tokens().input()).isPositive();
                assertThat(((ResultLine.Succeeded) line).usage().tokens().output()).isZero();
              });
    }
  }

  @Test
  void uploadGoesOnAfterItsConnectionWasCut() throws Exception {
    SimulatorConfig cutting =
        SimulatorConfig.defaults()
            .withFaults(
                FaultJson.read(
                    "[{\"match\":{\"provider\":\"gemini\",\"call\":\"upload_chunk\",\"nth\":2},"
                        + "\"do\":{\"cut_upload_after\":1000000}}]"));
    try (Simulator simulator = Simulator.start(cutting)) {
      GeminiProvider provider = provider(simulator);
      List<String> bodies = Collections.nCopies(200, text("x".repeat(100_000)));
      Payload payload = Jobs.payload(TEXT, bodies);
      InputFile file = ok(provider.upload(FILE, payload));
      assertThat(file.bytes()).isEqualTo(payload.length()).isGreaterThan(20_000_000);
      ProviderJob job = ok(provider.create(create(TEXT, file)));
      assertThat(Jobs.awaitEnd(provider, job.id()).succeeded()).isEqualTo(200);
      assertThat(calls(simulator)).contains("\"query_upload\":{\"calls\":1");
    }
  }

  @Test
  void oddSpellingsAndMissingPartsAreUnderstood() throws IOException {
    GeminiRules odd =
        GeminiRules.read(
            "{\"limits\":{\"upload_mime_types\":[\"application/jsonl\"]},\"quirks\":{\"state_prefix\":\"JOB_STATE_\","
                + "\"upload_reply_without_file\":true,\"missing_file_status\":404,"
                + "\"line_error_field\":\"status\"}}");
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults().withGemini(odd))) {
      GeminiProvider provider = provider(simulator);
      ProviderJob job =
          submit(provider, TEXT, List.of(text("a"), text("[sim:fail=400]"), text("b")));
      ProviderJob ended = Jobs.awaitEnd(provider, job.id());
      assertThat(ended.status()).isEqualTo("JOB_STATE_SUCCEEDED");
      assertThat(Jobs.results(provider, ended))
          .hasSize(3)
          .hasAtLeastOneElementOfType(ResultLine.Errored.class);
    }
  }

  @Test
  void expiredAndCancelledJobsHaveNoResults() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults().withPace(SLOW))) {
      GeminiProvider provider = provider(simulator);
      ProviderJob job = submit(provider, TEXT, Collections.nCopies(4, text("a")));
      Jobs.awaitPhase(provider, job.id(), Phase.IN_PROGRESS);
      ok(provider.cancel(job.id()));
      ProviderJob cancelled = Jobs.awaitEnd(provider, job.id());
      assertThat(cancelled.phase()).isEqualTo(Phase.CANCELLED);
      assertThat(provider.results(cancelled)).isEmpty();
    }
    Pace tooSlow = new Pace(Duration.ZERO, Duration.ofHours(96), Duration.ZERO, Duration.ZERO);
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults().withPace(tooSlow))) {
      GeminiProvider provider = provider(simulator);
      ProviderJob job = submit(provider, TEXT, Collections.nCopies(4, text("a")));
      Jobs.awaitPhase(provider, job.id(), Phase.IN_PROGRESS);
      simulator.clock().advance(Duration.ofHours(49));
      ProviderJob expired = Jobs.awaitEnd(provider, job.id());
      assertThat(expired.phase()).isEqualTo(Phase.EXPIRED);
      assertThat(provider.results(expired)).isEmpty();
    }
  }

  @Test
  void fullQueueIsRefusedAtTheCreate() throws IOException {
    GeminiRules few = GeminiRules.read("{\"limits\":{\"enqueued_tokens\":{\"default\":10}}}");
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults().withGemini(few))) {
      GeminiProvider provider = provider(simulator);
      InputFile file =
          ok(provider.upload(FILE, Jobs.payload(TEXT, List.of(text("long ".repeat(500))))));
      assertThat(error(provider.create(create(TEXT, file))))
          .isInstanceOf(ProviderError.QuotaExceeded.class);
    }
  }

  @Test
  void badKeyIsTheAccountsProblem() throws IOException {
    SimulatorConfig guarded = SimulatorConfig.defaults().withKeys(Map.of("other", "org"));
    try (Simulator simulator = Simulator.start(guarded)) {
      assertThat(error(provider(simulator).upload(FILE, Fixture.payload("{}\n"))))
          .isInstanceOf(ProviderError.AccountProblem.class);
    }
  }

  private static String calls(Simulator simulator) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI calls = simulator.rootUri().resolve("/_sim/calls");
      return client.send(HttpRequest.newBuilder(calls).build(), BodyHandlers.ofString()).body();
    }
  }

  private static ProviderJob submit(BatchProvider provider, Lane lane, List<String> bodies)
      throws IOException {
    InputFile file = ok(provider.upload(FILE, Jobs.payload(lane, bodies)));
    return ok(provider.create(create(lane, file)));
  }

  private static CreateJob create(Lane lane, InputFile file) {
    return new CreateJob("01BATCH", lane, file.id(), null, 4, Fixture.NOW);
  }

  private static GeminiProvider provider(Simulator simulator) {
    return GeminiFixture.provider(simulator.rootUri(), GeminiFixture.NO_SLEEP);
  }

  private static String text(String prompt) {
    return "{ \"contents\": [ {\"role\": \"user\", \"parts\": [ {\"text\": \"%s\"} ] } ] }"
        .formatted(prompt);
  }

  private static String id(int offset) {
    return new Position(0, offset).providerId();
  }
}
