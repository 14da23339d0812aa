package dev.offpeak.results;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.results.world.Installation;
import dev.offpeak.results.world.RunningService;
import dev.offpeak.results.world.ServiceInOwnProcess;
import dev.offpeak.results.world.UrgentAsks;
import dev.offpeak.results.world.UrgentWorld;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.FailedAs;
import dev.offpeak.schemas.avro.FailureKind;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.avro.UsageMode;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are called synchronously since no batch could keep their deadline. */
@WithKafka
class UrgentIT {

  private static final Duration PATIENCE = Patience.LONG;

  /** A member that was killed is missed sooner than by default. */
  private static final Map<String, String> QUICK_TO_MISS = Map.of("session.timeout.ms", "6000");

  @TempDir Path folder;
  private UrgentWorld world;
  private Installation installation;
  private UrgentAsks asks;

  @BeforeEach
  void start(TestKafka kafka) throws IOException {
    world = UrgentWorld.start(kafka, folder.resolve("registry.json").toUri().toString());
    installation = world.installation();
    asks = world.asks();
  }

  @AfterEach
  void stop() throws IOException {
    world.close();
  }

  @Test
  void eachProviderIsCalledOnceAndItsFullPriceIsAccountedFor() throws Exception {
    for (Provider provider : List.of(Provider.OPENAI, Provider.ANTHROPIC, Provider.GEMINI)) {
      asks.send(provider, provider.id(), "Say " + provider, inAnHour());
    }

    try (var service = running()) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(installation.outcomes().results()).hasSize(3));
      assertThat(
              service
                  .meters()
                  .get("offpeak.results.sync.calls")
                  .tag("account", "google")
                  .tag("result", "answered")
                  .counter()
                  .count())
          .isEqualTo(1);
    }

    assertThat(installation.outcomes().results())
        .allSatisfy(record -> assertThat(key(record)).isEqualTo("key-" + id(record)))
        .extracting(ConsumerRecord::value)
        .allSatisfy(
            result -> {
              assertThat(result.getMode()).isEqualTo(UsageMode.SYNC);
              assertThat(result.getStatusCode()).isEqualTo(200);
              assertThat(result.getTenant()).isEqualTo("acme");
              assertThat(result.getProviderJobId()).isEmpty();
              assertThat(result.getCostPicoUsd())
                  .isPositive()
                  .isEqualTo(result.getSyncCostPicoUsd());
              assertThat(UTF_8.decode(result.getBody().duplicate()).toString())
                  .startsWith("{")
                  .doesNotContain("\n");
            });
    assertThat(installation.outcomes().usage())
        .hasSize(3)
        .allSatisfy(
            usage -> {
              assertThat(usage.getMode()).isEqualTo(UsageMode.SYNC);
              assertThat(usage.getTeam()).isEqualTo("search");
              assertThat(usage.getCostPicoUsd()).isEqualTo(usage.getSyncCostPicoUsd());
            });
    assertExecuted(3);
    assertThat(installation.ask("/_sim/ledger"))
        .as("calls are named as in a batch, so that an audit knows them")
        .contains("op-0000-00000000000000", "op-0000-00000000000001", "op-0000-00000000000002");
  }

  @Test
  void aRefusedRequestFailsWithTheProvidersWords() throws Exception {
    asks.send(Provider.OPENAI, "bad", "[sim:fail=400]", inAnHour());

    try (var _ = running()) {
      awaitFailure();
    }

    LlmFailure failure = onlyFailure();
    assertThat(failure.getCode()).isEqualTo("invalid_request_error");
    assertThat(failure.getKind()).isEqualTo(FailureKind.YOUR_INPUT);
    assertThat(failure.getStatusCode()).isEqualTo(400);
    assertThat(failure.getMode()).isEqualTo(UsageMode.SYNC);
    assertThat(failure.getAttempts()).isEqualTo(1);
    assertThat(UTF_8.decode(failure.getResponseBody().duplicate()).toString()).contains("error");
    assertThat(UTF_8.decode(failure.getOriginal().duplicate()).toString())
        .startsWith("{\"custom_id\":\"bad\"");
  }

  @Test
  void aCallThatIsTurnedDownIsMadeAgain() throws Exception {
    fault("{problem: rate_limit}", 3);
    asks.send(Provider.ANTHROPIC, "patient", "Say it", inAnHour());

    try (var _ = running()) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(installation.outcomes().results()).hasSize(1));
    }

    assertExecuted(1);
  }

  @Test
  void whenNoTimeIsLeftForAnotherTryTheLastRefusalIsTheFailure() throws Exception {
    fault("{problem: rate_limit, retry: {after_ms: 7000, as: seconds}}", 1_000);
    asks.send(Provider.OPENAI, "late", "Say it", now().plusSeconds(5));

    try (var _ = running()) {
      awaitFailure();
    }

    LlmFailure failure = onlyFailure();
    assertThat(failure.getCode()).isEqualTo("rate_limit_exceeded");
    assertThat(failure.getKind()).isEqualTo(FailureKind.RETRYABLE);
    assertThat(failure.getMessage()).contains("too near");
    assertExecuted(0);
  }

  @Test
  void aRequestWhoseDeadlineIsOverIsNotCalled() throws Exception {
    asks.send(Provider.OPENAI, "over", "Say it", now().minusSeconds(1));

    try (var _ = running()) {
      awaitFailure();
    }

    assertThat(onlyFailure().getCode()).isEqualTo("deadline_passed");
    assertThat(onlyFailure().getAttempts()).isZero();
    assertExecuted(0);
  }

  @Test
  void whatAPausedAccountIsAskedForWaitsUntilItIsResumed() throws Exception {
    asks.want(command(ControlAction.PAUSE).setAccount(Installation.ACCOUNT));
    asks.send(Provider.OPENAI, "held", "Say it", inAnHour());
    asks.send(Provider.GEMINI, "other", "Say it", inAnHour());

    try (var _ = running()) {
      awaitResults("other");
      assertExecuted(1);

      asks.want(command(ControlAction.RESUME).setAccount(Installation.ACCOUNT));
      awaitResults("other", "held");
    }

    assertExecuted(2);
  }

  @Test
  void whatWaitsForItsCallCanBeCancelled() throws Exception {
    asks.want(command(ControlAction.PAUSE).setAccount(Installation.ACCOUNT));
    asks.send(Provider.OPENAI, "mistake", "Say it", inAnHour());
    asks.send(Provider.OPENAI, "wanted", "Say it", inAnHour());

    try (var _ = running()) {
      asks.want(command(ControlAction.CANCEL).setTenant("acme").setCustomId("mistake"));
      awaitFailure();
      asks.want(command(ControlAction.RESUME));
      awaitResults("wanted");
    }

    assertThat(onlyFailure().getCustomId()).isEqualTo("mistake");
    assertThat(onlyFailure().getCode()).isEqualTo("batch_cancelled");
    assertThat(onlyFailure().getOutcome()).isEqualTo(FailedAs.CANCELED);
    assertExecuted(1);
  }

  @Test
  void anAnswerThatIsCutOffIsInDoubtAndNotMadeAgain() throws Exception {
    fault("{cut: true, after_effect: true}", 1);
    asks.send(Provider.GEMINI, "cut", "Say it", inAnHour());

    try (var _ = running()) {
      awaitFailure();
    }

    assertThat(onlyFailure().getCode()).isEqualTo("sync_in_doubt");
    assertThat(onlyFailure().getMessage()).contains("may have been executed", "retry-failures");
    assertExecuted(1);
  }

  @Test
  void whatAKilledServiceWasCallingIsInDoubtAndTheRestIsCalled() throws Exception {
    fault("{hold_ms: 90000}", 1);
    asks.send(Provider.OPENAI, "held", "Say one", inAnHour());

    try (var killed = new ServiceInOwnProcess(installation, folder, QUICK_TO_MISS)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(executed()).as(killed.log()).isEqualTo(1));
      killed.kill();
    }
    asks.send(Provider.OPENAI, "next", "Say two", inAnHour());

    try (var _ = running()) {
      awaitFailure();
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(installation.outcomes().results()).hasSize(1));
    }

    assertThat(onlyFailure().getCustomId()).isEqualTo("held");
    assertThat(onlyFailure().getCode()).isEqualTo("sync_in_doubt");
    assertExecuted(2);
  }

  @Test
  void aServiceThatStopsWaitsForTheCallUnderWay() throws Exception {
    fault("{hold_ms: 3000}", 1);
    asks.send(Provider.OPENAI, "slow", "Say it", inAnHour());

    try (var _ = running()) {
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(executed()).isEqualTo(1));
    }

    assertThat(installation.outcomes().results()).hasSize(1);
    assertThat(installation.outcomes().failures()).isEmpty();
  }

  private RunningService running() {
    return world.service();
  }

  private void fault(String action, int times) {
    installation.simulate(
        "/_sim/faults", "- match: {call: sync}\n  do: " + action + "\n  times: " + times + "\n");
  }

  private static ControlRecord.Builder command(ControlAction action) {
    return ControlRecord.newBuilder().setAction(action);
  }

  private void awaitResults(String... customIds) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(installation.outcomes().results())
                    .extracting(UrgentIT::id)
                    .containsExactlyInAnyOrder(customIds));
  }

  private void awaitFailure() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(installation.outcomes().failures()).hasSize(1));
  }

  private LlmFailure onlyFailure() {
    return installation.outcomes().failures().getFirst().value();
  }

  private void assertExecuted(int requests) {
    assertThat(executed()).isEqualTo(requests);
  }

  private long executed() {
    return installation.ask("/_sim/ledger").lines().filter(line -> !line.isBlank()).count();
  }

  private static String id(ConsumerRecord<byte[], LlmResult> record) {
    return record.value().getCustomId();
  }

  private static String key(ConsumerRecord<byte[], LlmResult> record) {
    return new String(record.key(), UTF_8);
  }

  private static Instant now() {
    return Clock.systemUTC().instant();
  }

  private static Instant inAnHour() {
    return now().plus(Duration.ofHours(1));
  }
}
