package dev.offpeak.submitter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.CreateJob;
import dev.offpeak.provider.Leftover;
import dev.offpeak.provider.Payload;
import dev.offpeak.provider.account.Accounts;
import dev.offpeak.provider.account.LimitsConfig;
import dev.offpeak.provider.adapter.BatchProviders;
import dev.offpeak.provider.adapter.BuiltInProviders;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import dev.offpeak.submitter.config.JanitorConfig;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What crashes left at a provider goes; what is in use, or of somebody else, stays. */
@WithKafka
class JanitorIT {

  private static final Duration PATIENCE = Patience.LONG;
  private static final String RUNNING = "01M8GYAW1XK7GEF5RZ7BEX3XKW";
  private static final String FORGOTTEN = "01M8GYAWGV9BZ1B3Q1VSFNNZYE";
  private static final String ALL_JOBS_STUCK =
      "{'match':{'call':'create_batch'},'do':{'job':{'stuck':'in_progress'}}}";

  @ParameterizedTest
  @ValueSource(strings = {"openai", "gemini"})
  void onlyWhatBelongsToNoLiveJobIsRemoved(Provider provider, TestKafka kafka) throws Exception {
    Lane lane = Installation.lane(provider);
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults());
        Installation installation = new Installation(kafka, 1, lane);
        Submitters submitters = new Submitters(installation, simulator);
        HttpClient http = HttpClient.newHttpClient()) {
      BatchProvider account = account(simulator, provider, http);
      SimulatorFaults.add(simulator, ALL_JOBS_STUCK);
      submitters.sweep(new JanitorConfig(Duration.ofMillis(300), Duration.ZERO));
      var _ = submitters.start();
      String question = installation.body("who is still there?");
      var _ = installation.seal(0, RUNNING, List.of(question));
      await().atMost(PATIENCE).until(() -> jobs(account).size() == 1);
      Leftover running = jobs(account).getFirst();

      InputFile others = upload(account, lane, "training-data.jsonl", question);
      String marker = running.name().replace(RUNNING, FORGOTTEN);
      InputFile file = upload(account, lane, marker + ".jsonl", question);
      ProviderJob forgotten =
          value(account.create(new CreateJob(marker, lane, file.id(), null, 1, Instant.now())));

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(files(account)).extracting(Leftover::id).doesNotContain(file.id());
                assertThat(value(account.get(forgotten.id())).phase())
                    .isIn(ProviderJob.Phase.CANCELLING, ProviderJob.Phase.CANCELLED);
              });
      assertThat(files(account))
          .extracting(Leftover::name)
          .contains(others.name(), running.name() + ".jsonl");
      assertThat(value(account.get(running.id())).phase()).isEqualTo(ProviderJob.Phase.IN_PROGRESS);
    }
  }

  private static BatchProvider account(Simulator simulator, Provider provider, HttpClient http) {
    Accounts accounts =
        Accounts.of(
            Installation.account(
                provider, Installation.address(provider, simulator), "sk-test", LimitsConfig.NONE),
            BuiltInProviders.PROFILES);
    return BatchProviders.of(accounts.find("main").orElseThrow(), http, Clock.systemUTC());
  }

  private static InputFile upload(BatchProvider account, Lane lane, String name, String body)
      throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] bytes = body.getBytes(UTF_8);
    account.format().writeLine(lane, 0, 0, bytes, 0, bytes.length, true, line);
    return value(account.upload(name, payload(line.toByteArray())));
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

  private static List<Leftover> files(BatchProvider account) {
    return value(account.leftoverFiles(""));
  }

  private static List<Leftover> jobs(BatchProvider account) {
    return value(account.leftoverJobs(""));
  }

  private static <T> T value(Answer<T> answer) {
    return switch (answer) {
      case Answer.Ok<T>(T value) -> value;
      case Answer.Failed<T>(var error) -> throw new AssertionError(error.toString());
    };
  }
}
