package dev.offpeak.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.results.world.Ask;
import dev.offpeak.results.world.Installation;
import dev.offpeak.results.world.RunningService;
import dev.offpeak.results.world.Sealed;
import dev.offpeak.runtime.config.Secret;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results that are hard to get. */
@WithKafka
class DownloadIT {

  private static final Duration PATIENCE = Patience.LONG;

  private Simulator simulator;
  private Installation installation;

  @BeforeEach
  void start(TestKafka kafka) throws IOException {
    simulator = Simulator.start(SimulatorConfig.defaults());
    installation = Installation.of(kafka, simulator.baseUri());
  }

  @AfterEach
  void stop() throws IOException {
    installation.close();
    simulator.close();
  }

  @Test
  void aTransferThatBreaksBeginsAgainWithoutDoubleOutcomes() {
    List<Ask> asks = asks("id-", 300);
    installation.run(0, asks);
    faults("{'match':{'call':'download_file'},'do':{'truncate_after':40000},'times':3}");

    try (RunningService service = RunningService.with(RunningService.config(installation))) {
      awaitOutcomes(300);
      assertThat(failedFetches(service)).isEqualTo(3);
    }

    assertThat(installation.outcomes().results())
        .extracting(result -> result.value().getCustomId())
        .containsExactlyInAnyOrderElementsOf(asks.stream().map(Ask::customId).toList());
  }

  @Test
  void aProviderThatRefusesIsAskedAgain() {
    installation.run(0, asks("id-", 3));
    faults(
        "{'match':{'call':'download_file','nth':1},'do':{'status':503}}",
        "{'match':{'call':'download_file','nth':2},'do':{'status':429,'headers':{'retry-after':'1'}}}",
        "{'match':{'call':'download_file','nth':3},'do':{'cut':true}}",
        "{'match':{'call':'download_file','nth':4},'do':{'status':404}}");

    try (RunningService service = RunningService.with(RunningService.config(installation))) {
      awaitOutcomes(3);
      // The JDK's client itself repeats a GET whose connection was cut.
      assertThat(failedFetches(service)).isEqualTo(3);
    }

    assertThat(installation.outcomes().results()).hasSize(3);
  }

  @Test
  void resultsThatAreGoneAreFailuresAndNeverTriedAgain() {
    installation.run(0, asks("id-", 3));
    faults("{'match':{'call':'download_file'},'do':{'status':404}}");

    try (var _ = RunningService.with(RunningService.config(installation))) {
      awaitOutcomes(3);
    }

    assertThat(installation.outcomes().failures())
        .hasSize(3)
        .allSatisfy(
            failure -> {
              assertThat(failure.value().getCode()).isEqualTo("results_gone");
              assertThat(failure.value().getRetryable()).isFalse();
            });
  }

  @Test
  void aJobSeenAMomentTooEarlyHasItsFilesAllTheSame() {
    List<Ask> asks = asks("id-", 5);
    Sealed batch = installation.seal(0, installation.admit(0, asks), asks);
    ProviderJob job = installation.submit(batch);
    installation.end(batch, job, ended -> ended.setOutputFileId(null).setErrorFileId(""));

    try (var _ = RunningService.with(RunningService.config(installation))) {
      awaitOutcomes(5);
    }

    assertThat(installation.outcomes().results()).hasSize(5);
  }

  @Test
  void anAccountThatCanNotBeUsedHoldsUpNobodyElse() {
    installation.end(
        installation.seal(0, installation.admit(0, asks("a-", 1)), asks("a-", 1)),
        EndedAs.COMPLETED,
        ended -> ended.setAccount("elsewhere").setProviderJobId("batch_1").setOutputFileId("f"));
    List<Ask> otherKey = asks("b-", 1);
    Sealed batch = installation.seal(0, installation.admit(0, otherKey), otherKey);
    installation.end(
        batch, installation.submit(batch), ended -> ended.setAccountDigest("of-another-key"));
    installation.run(0, asks("c-", 4));

    ResultsConfig config = RunningService.config(installation);
    try (var _ = RunningService.with(config)) {
      awaitOutcomes(4);
    }
    assertThat(installation.outcomes().customIds()).allMatch(id -> id.startsWith("c-"));

    // The missing account appears, and what had to wait is published, by another instance.
    Map<String, AccountConfig> accounts =
        Map.of(
            Installation.ACCOUNT,
            installation.accountConfig(),
            "elsewhere",
            AccountConfig.of(Provider.OPENAI)
                .withBaseUrl(URI.create(simulator.baseUri().toString()))
                .withKey(new Secret("test", "sk-other")));
    try (var _ = RunningService.with(RunningService.withAccounts(config, accounts))) {
      awaitOutcomes(5);
    }
    assertThat(installation.outcomes().failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.value().getCustomId()).isEqualTo("a-0"));
    assertThat(installation.outcomes().customIds()).doesNotHaveDuplicates();
  }

  @Test
  void aRevokedKeyIsWaitedForAndSaid() {
    installation.run(0, asks("id-", 2));
    installation.simulate("/_sim/keys/revoke", "{\"key\":\"sk-test\"}");

    try (RunningService service = RunningService.with(RunningService.config(installation))) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(failedFetches(service)).isPositive();
                assertThat(service.meters().get("offpeak.results.waiting").gauge().value())
                    .isEqualTo(1);
              });
      installation.simulate("/_sim/keys/restore", "{\"key\":\"sk-test\"}");
      awaitOutcomes(2);
    }

    assertThat(installation.outcomes().results()).hasSize(2);
  }

  @Test
  void providerFilesAreDeletedWhenThatIsWanted() {
    installation.run(0, asks("id-", 2));

    try (var _ = RunningService.deletingFiles(installation)) {
      awaitOutcomes(2);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(installation.ask("/_sim/ledger/summary"))
                      .containsPattern("\"files_left\"\\s*:\\s*0"));
    }
  }

  private static List<Ask> asks(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> Ask.of(prefix + i, "Say " + i)).toList();
  }

  private void faults(String... rules) {
    installation.simulate("/_sim/faults", "[" + String.join(",", rules).replace('\'', '"') + "]");
  }

  private static double failedFetches(RunningService service) {
    Counter counter = service.meters().find("offpeak.results.failed.fetches").counter();
    return counter == null ? 0 : counter.count();
  }

  private void awaitOutcomes(int count) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(installation.outcomes().customIds()).hasSize(count));
  }
}
