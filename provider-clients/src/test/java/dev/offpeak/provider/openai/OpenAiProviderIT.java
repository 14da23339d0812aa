package dev.offpeak.provider.openai;

import static dev.offpeak.provider.openai.OpenAiFixture.job;
import static dev.offpeak.provider.server.Fixture.error;
import static dev.offpeak.provider.server.Fixture.ok;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Position;
import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.provider.ProviderJob.Phase;
import dev.offpeak.provider.BatchFormat;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.CreateJob;
import dev.offpeak.provider.Payload;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.ResultSource;
import dev.offpeak.provider.ResultStream;
import dev.offpeak.provider.format.BatchFormats;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import dev.offpeak.simulator.job.Pace;
import dev.offpeak.simulator.openai.rules.AzureRules;
import dev.offpeak.simulator.openai.rules.CompatibleRules;
import dev.offpeak.simulator.openai.rules.OpenAiLimits;
import dev.offpeak.simulator.openai.rules.OpenAiQuirks;
import dev.offpeak.simulator.openai.rules.OpenAiRules;
import dev.offpeak.testkit.time.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The adapter against the simulator: the whole way of a batch. */
class OpenAiProviderIT {

  private static final int REQUESTS = 2_000;
  private static final Pace SLOW =
      new Pace(Duration.ZERO, Duration.ofHours(12), Duration.ZERO, Duration.ZERO);

  @Test
  void batchGoesTheWholeWay() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults())) {
      BatchProvider provider = OpenAiFixture.provider(simulator.baseUri());
      List<String> prompts = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        prompts.add(i % 100 == 7 ? "[sim:fail=500]" : i == 11 ? "[sim:garbled]" : "Say " + i);
      }
      byte[] input = file(prompts);

      InputFile file = ok(provider.upload("01BATCH.jsonl", payload(input)));
      assertThat(file.bytes()).isEqualTo(input.length);
      assertThat(ok(provider.findFiles("01BATCH.jsonl"))).containsExactly(file);
      assertThat(ok(provider.findFiles("02BATCH.jsonl"))).isEmpty();

      CreateJob create = job(file.id());
      assertThat(ok(provider.findJobs(create))).isEmpty();
      ProviderJob created = ok(provider.create(create));
      assertThat(created.inputFileId()).isEqualTo(file.id());
      assertThat(ok(provider.findJobs(create)))
          .extracting(ProviderJob::id)
          .containsExactly(created.id());

      assertThat(awaitEnd(provider, created.id()).phase()).isEqualTo(Phase.COMPLETED);
      ProviderJob ended = awaitFiles(provider, created.id());
      assertThat(ended.total()).isEqualTo(REQUESTS);
      assertThat(ended.failed()).isEqualTo(20);

      Map<Class<?>, Integer> kinds = new HashMap<>();
      Map<String, ResultLine> byId = new HashMap<>();
      readAll(provider, ended, kinds, byId);
      assertThat(kinds)
          .containsEntry(ResultLine.Succeeded.class, REQUESTS - 21)
          .containsEntry(ResultLine.Errored.class, 20)
          .containsEntry(ResultLine.Unreadable.class, 1);
      assertThat(byId.get(new Position(0, 5).providerId()))
          .isInstanceOfSatisfying(
              ResultLine.Succeeded.class,
              line -> {
                assertThat(line.statusCode()).isEqualTo(200);
                assertThat(line.model()).startsWith("gpt-4o-mini");
                assertThat(line.usage().tokens().input()).isPositive();
                assertThat(line.usage().tokens().output()).isPositive();
                assertThat(new String(line.body(), UTF_8)).startsWith("{").endsWith("}");
              });
      assertThat(byId.get(new Position(0, 7).providerId()))
          .isInstanceOfSatisfying(
              ResultLine.Errored.class,
              line -> assertThat(line.verdict()).isEqualTo(ResultLine.Verdict.RETRYABLE));

      assertThat(ok(provider.delete(file.id()))).isTrue();
      assertThat(ok(provider.delete(file.id()))).isTrue();
      assertThat(error(provider.open(new ResultSource(file.id(), ResultSource.Kind.OUTPUT_FILE))))
          .isInstanceOf(ProviderError.Gone.class);
      assertThat(error(provider.get("batch_unknown"))).isInstanceOf(ProviderError.Gone.class);
    }
  }

  @Test
  void cancelledBatchKeepsWhatWasDone() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults().withPace(SLOW))) {
      BatchProvider provider = OpenAiFixture.provider(simulator.baseUri());
      ProviderJob created = submit(provider, List.of("a", "b", "c", "d"));
      awaitPhase(provider, created.id(), Phase.IN_PROGRESS);
      simulator.clock().advance(Duration.ofHours(6));
      await()
          .untilAsserted(() -> assertThat(ok(provider.get(created.id())).succeeded()).isEqualTo(2));
      ok(provider.cancel(created.id()));

      ProviderJob ended = awaitEnd(provider, created.id());
      assertThat(ended.phase()).isEqualTo(Phase.CANCELLED);
      Map<Class<?>, Integer> kinds = new HashMap<>();
      readAll(provider, ended, kinds, new HashMap<>());
      assertThat(kinds)
          .containsOnly(
              Map.entry(ResultLine.Succeeded.class, 2), Map.entry(ResultLine.Canceled.class, 2));
    }
  }

  @Test
  void expiredBatchNamesWhatWasNotDone() throws IOException {
    Pace tooSlow = new Pace(Duration.ZERO, Duration.ofHours(48), Duration.ZERO, Duration.ZERO);
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults().withPace(tooSlow))) {
      BatchProvider provider = OpenAiFixture.provider(simulator.baseUri());
      ProviderJob created = submit(provider, List.of("a", "b"));
      awaitPhase(provider, created.id(), Phase.IN_PROGRESS);
      simulator.clock().advance(Duration.ofHours(25));

      ProviderJob ended = awaitEnd(provider, created.id());
      assertThat(ended.phase()).isEqualTo(Phase.EXPIRED);
      Map<Class<?>, Integer> kinds = new HashMap<>();
      readAll(provider, ended, kinds, new HashMap<>());
      assertThat(kinds.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(2);
      assertThat(kinds).containsKey(ResultLine.Expired.class);
    }
  }

  @Test
  void badLineAndFullQueueFailTheBatchInTheirWay() throws IOException {
    OpenAiLimits documented = OpenAiLimits.DOCUMENTED;
    OpenAiLimits fewTokens =
        new OpenAiLimits(
            documented.maxRequests(),
            documented.maxBatchFileBytes(),
            documented.maxFileBytes(),
            documented.maxLineBytes(),
            documented.maxCustomIdLength(),
            documented.maxEmbeddingInputs(),
            documented.maxOutputTokens(),
            documented.createsPerHour(),
            documented.uploadsPerMinute(),
            Map.of("gpt-4o-mini", 100L),
            documented.models(),
            documented.maxReportedErrors(),
            documented.windowSeconds(),
            documented.fileLifeSeconds(),
            documented.cancelEndedStatus());
    OpenAiRules rules =
        new OpenAiRules(
            fewTokens, OpenAiQuirks.OBSERVED, Map.of(), AzureRules.OFF, CompatibleRules.OPENAI);
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults().withOpenAi(rules))) {
      BatchProvider provider = OpenAiFixture.provider(simulator.baseUri());
      byte[] withoutMessages =
          new String(file(List.of("a", "b", "c")), UTF_8)
              .replace("\"messages\":[{\"role\":\"user\",\"content\":\"b\"}]", "\"x\":1")
              .getBytes(UTF_8);
      InputFile file = ok(provider.upload("bad.jsonl", payload(withoutMessages)));
      ProviderJob bad = awaitEnd(provider, ok(provider.create(job(file.id()))).id());
      assertThat(bad.phase()).isEqualTo(Phase.FAILED);
      assertThat(bad.failure())
          .isInstanceOfSatisfying(
              ProviderError.InvalidLines.class,
              lines ->
                  assertThat(lines.lines())
                      .extracting(ProviderError.BadLine::index)
                      .containsExactly(1));

      ProviderJob full = awaitEnd(provider, submit(provider, List.of("long ".repeat(500))).id());
      assertThat(full.failure()).isInstanceOf(ProviderError.QuotaExceeded.class);
    }
  }

  private static ProviderJob submit(BatchProvider provider, List<String> prompts)
      throws IOException {
    InputFile file = ok(provider.upload("input.jsonl", payload(file(prompts))));
    return ok(provider.create(job(file.id())));
  }

  private static void awaitPhase(BatchProvider provider, String jobId, Phase phase) {
    await()
        .atMost(Patience.LONG)
        .untilAsserted(() -> assertThat(ok(provider.get(jobId)).phase()).isEqualTo(phase));
  }

  private static ProviderJob awaitEnd(BatchProvider provider, String jobId) {
    await()
        .atMost(Patience.LONG)
        .untilAsserted(() -> assertThat(ok(provider.get(jobId)).phase().isFinal()).isTrue());
    return ok(provider.get(jobId));
  }

  /** A job is completed a moment before its files are there (openai.md A3). */
  private static ProviderJob awaitFiles(BatchProvider provider, String jobId) {
    await()
        .atMost(Patience.LONG)
        .untilAsserted(
            () -> assertThat(provider.results(ok(provider.get(jobId)))).hasSizeGreaterThan(1));
    return ok(provider.get(jobId));
  }

  private static void readAll(
      BatchProvider provider,
      ProviderJob job,
      Map<Class<?>, Integer> kinds,
      Map<String, ResultLine> byId)
      throws IOException {
    for (ResultSource source : provider.results(job)) {
      try (ResultStream lines = ok(provider.open(source))) {
        for (ResultLine line = lines.next(); line != null; line = lines.next()) {
          kinds.merge(line.getClass(), 1, Integer::sum);
          byId.put(line.providerId(), line);
        }
      }
    }
  }

  private static byte[] file(List<String> prompts) throws IOException {
    BatchFormat format = BatchFormats.OPENAI;
    Lane lane = job("").lane();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < prompts.size(); i++) {
      byte[] body =
          ("{ \"model\": \"gpt-4o-mini\", \"messages\": [ {\"role\": \"user\", \"content\": \""
                  + prompts.get(i)
                  + "\"} ] }")
              .getBytes(UTF_8);
      format.writeLine(lane, 0, i, body, 0, body.length, false, out);
    }
    return out.toByteArray();
  }

  private static Payload payload(byte[] bytes) {
    return new Payload() {
      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public void writeTo(OutputStream sink) throws IOException {
        sink.write(bytes);
      }
    };
  }
}
