package dev.offpeak.results;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.results.config.LimitsConfig;
import dev.offpeak.results.config.OutputsConfig;
import dev.offpeak.results.world.Ask;
import dev.offpeak.results.world.Installation;
import dev.offpeak.results.world.RunningService;
import dev.offpeak.results.world.Sealed;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.FailedAs;
import dev.offpeak.schemas.avro.FailureKind;
import dev.offpeak.schemas.avro.InvalidLine;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole jobs of a simulated provider, to the last outcome. */
@WithKafka
class ResultsServiceIT {

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
  void everyRequestGetsItsAnswerWithItsOwnKeyAndHeaders() {
    List<Ask> asks = new ArrayList<>();
    for (int i = 0; i < 450; i++) {
      Ask ask = Ask.of("id-" + i, "Say " + i).withHeader("traceparent", "trace-" + i);
      ask = i % 3 == 0 ? ask : ask.withKey("key-" + i);
      asks.add(
          i % 2 == 0
              ? ask
              : ask.withTenant("acme", Map.of("team", "search", "feature", "rank"))
                  .withHeader("offpeak-replay-id", "r"));
    }
    installation.run(1, asks);

    try (var _ = RunningService.with(RunningService.config(installation))) {
      await()
          .atMost(Patience.LONG)
          .untilAsserted(() -> assertThat(installation.outcomes().results()).hasSize(450));
    }

    List<ConsumerRecord<byte[], LlmResult>> results = installation.outcomes().results();
    assertThat(results).extracting(r -> r.value().getCustomId()).doesNotHaveDuplicates();
    for (ConsumerRecord<byte[], LlmResult> record : results) {
      LlmResult result = record.value();
      int i = Integer.parseInt(result.getCustomId().substring(3));
      assertThat(record.key()).isEqualTo(i % 3 == 0 ? null : ("key-" + i).getBytes(UTF_8));
      assertThat(record.headers().toArray()).extracting(Header::key).containsExactly("traceparent");
      assertThat(record.headers().lastHeader("traceparent").value())
          .isEqualTo(("trace-" + i).getBytes(UTF_8));
      assertThat(result.getTenant()).isEqualTo(i % 2 == 0 ? "default" : "acme");
      assertThat(result.getLabels()).hasSize(i % 2 == 0 ? 0 : 2);
      assertThat(result.getSourcePartition()).isEqualTo(1);
      assertThat(result.getSourceOffset()).isEqualTo(i);
      assertThat(result.getStatusCode()).isEqualTo(200);
      assertThat(result.getAttempt()).isEqualTo(1);
      assertThat(result.getProviderRequestId()).isNotEmpty();
      assertThat(UTF_8.decode(result.getBody().duplicate()).toString())
          .startsWith("{")
          .contains("\"usage\"");
    }
    assertThat(installation.outcomes().failures()).isEmpty();
    assertThat(installation.outcomes().retries()).isEmpty();
    usageAddsUpTo(results);
  }

  private void usageAddsUpTo(List<ConsumerRecord<byte[], LlmResult>> results) {
    List<UsageRecord> usage = installation.outcomes().usage();
    assertThat(usage).hasSize(10); // five chunks, two tenants
    assertThat(usage.stream().mapToLong(UsageRecord::getRequests).sum()).isEqualTo(450);
    assertThat(usage.stream().mapToLong(u -> u.getUsage().getOutput()).sum())
        .isEqualTo(results.stream().mapToLong(r -> r.value().getUsage().getOutput()).sum())
        .isPositive();
    assertThat(usage.stream().mapToLong(UsageRecord::getCostPicoUsd).sum())
        .isEqualTo(results.stream().mapToLong(r -> r.value().getCostPicoUsd()).sum())
        .isPositive();
    assertThat(usage.stream().mapToLong(UsageRecord::getSyncCostPicoUsd).sum())
        .isEqualTo(results.stream().mapToLong(r -> r.value().getSyncCostPicoUsd()).sum());
    assertThat(usage)
        .filteredOn(u -> u.getTenant().equals("acme"))
        .hasSize(5)
        .allSatisfy(
            u -> {
              assertThat(u.getTeam()).isEqualTo("search");
              assertThat(u.getFeature()).isEqualTo("rank");
            });
  }

  @Test
  void whatFailedIsRetriedOrBecomesAFailureWithTheProvidersWords() {
    Instant soon = Instant.now().plus(Duration.ofHours(2));
    List<Ask> asks =
        List.of(
            Ask.of("good", "Say good"),
            Ask.of("bad-input", "[sim:fail=400]").withKey("k").withHeader("h", "v"),
            Ask.of("overloaded", "[sim:fail=500]").withKey("k").withHeader("h", "v"),
            Ask.of("lost-inside", "[sim:fail=0]"),
            Ask.of("last-attempt", "[sim:fail=500] again").withAttempt(3),
            Ask.of("too-late", "[sim:fail=500] late").withDeadline(soon));
    installation.run(0, asks);

    try (var _ = RunningService.with(RunningService.config(installation))) {
      awaitOutcomes(6);
    }

    assertThat(installation.outcomes().results())
        .extracting(r -> r.value().getCustomId())
        .containsExactly("good");
    assertThat(installation.outcomes().retries())
        .extracting(r -> r.value().getCustomId())
        .containsExactly("overloaded");
    var retry = installation.outcomes().retries().getFirst();
    assertThat(new String(retry.key(), UTF_8)).isEqualTo(Installation.LANE.id());
    assertThat(retry.value().getAttempt()).isEqualTo(2);
    assertThat(UTF_8.decode(retry.value().getOriginal()).toString())
        .isEqualTo(asks.get(2).original());
    assertThat(retry.headers().toArray())
        .extracting(Header::key)
        .containsExactlyInAnyOrder("h", "offpeak-key");

    Map<String, ConsumerRecord<byte[], LlmFailure>> failures = failures();
    assertThat(failures).containsOnlyKeys("bad-input", "lost-inside", "last-attempt", "too-late");
    assertThat(failures.get("lost-inside").value().getCode()).isEqualTo("unclear_result");
    assertThat(failures.get("lost-inside").value().getRetryable()).isFalse();
    LlmFailure badInput = failures.get("bad-input").value();
    assertThat(badInput.getKind()).isEqualTo(FailureKind.YOUR_INPUT);
    assertThat(badInput.getOutcome()).isEqualTo(FailedAs.ERRORED);
    assertThat(badInput.getRetryable()).isFalse();
    assertThat(badInput.getStatusCode()).isEqualTo(400);
    assertThat(badInput.getAttempts()).isEqualTo(1);
    assertThat(UTF_8.decode(badInput.getResponseBody()).toString()).contains("\"error\"");
    assertThat(UTF_8.decode(badInput.getOriginal()).toString()).isEqualTo(asks.get(1).original());
    assertThat(failures.get("bad-input").key()).isEqualTo("k".getBytes(UTF_8));
    assertThat(failures.get("bad-input").headers().toArray())
        .extracting(Header::key)
        .containsExactly("h");
    assertThat(failures.get("last-attempt").value().getMessage()).contains("attempt 3 of 3");
    assertThat(failures.get("last-attempt").value().getRetryable()).isTrue();
    assertThat(failures.get("too-late").value().getMessage()).contains("deadline");
    assertThat(installation.outcomes().usage())
        .singleElement()
        .satisfies(usage -> assertThat(usage.getRequests()).isEqualTo(1));
  }

  @Test
  void aJobOfWhichAllFailedHasNoOutputFile() {
    installation.run(0, List.of(Ask.of("a", "[sim:fail=400]"), Ask.of("b", "[sim:fail=400] b")));

    try (var _ = RunningService.with(RunningService.config(installation))) {
      awaitOutcomes(2);
    }

    assertThat(failures()).containsOnlyKeys("a", "b");
    assertThat(installation.outcomes().usage()).isEmpty();
  }

  @Test
  void linesThatAreMissingDoubleForeignOrGarbled() {
    simulator("[{\"match\":{\"call\":\"create_batch\"},\"do\":{\"job\":{\"foreign\":3}}}]");
    List<Ask> asks = new ArrayList<>();
    IntStream.range(0, 50).forEach(i -> asks.add(Ask.of("plain-" + i, "Say " + i)));
    asks.add(Ask.of("missing", "[sim:missing]"));
    asks.add(Ask.of("double", "[sim:duplicate]"));
    asks.add(Ask.of("garbled", "[sim:garbled]"));
    installation.run(2, asks);

    try (RunningService service = RunningService.with(RunningService.config(installation))) {
      awaitOutcomes(53);
      assertThat(stray(service, "foreign")).isEqualTo(3);
      assertThat(stray(service, "duplicate")).isEqualTo(1);
    }

    assertThat(installation.outcomes().customIds())
        .containsExactlyInAnyOrderElementsOf(asks.stream().map(Ask::customId).toList());
    assertThat(installation.outcomes().results()).hasSize(51);
    assertThat(failures()).containsOnlyKeys("missing", "garbled");
    assertThat(failures().get("missing").value().getCode()).isEqualTo("missing_from_output");
    assertThat(failures().get("garbled").value().getCode()).isEqualTo("unreadable_response");
  }

  @Test
  void ofAJobThatExpiredHalfWayTheRestIsRetried() {
    simulator("[{\"match\":{\"call\":\"create_batch\"},\"do\":{\"job\":{\"expire_at\":0.5}}}]");
    List<Ask> asks =
        IntStream.range(0, 40)
            .mapToObj(i -> Ask.of("id-" + i, "Say " + i).withAttempt(i < 20 ? 1 : 3))
            .toList();
    installation.run(0, asks);

    try (var _ = RunningService.with(RunningService.config(installation))) {
      awaitOutcomes(40);
    }

    assertThat(installation.outcomes().customIds()).doesNotHaveDuplicates();
    assertThat(installation.outcomes().results()).hasSize(20);
    assertThat(installation.outcomes().retries())
        .allSatisfy(retry -> assertThat(retry.value().getAttempt()).isEqualTo(2));
    assertThat(failures().values())
        .allSatisfy(
            failure -> {
              assertThat(failure.value().getCode()).isEqualTo("batch_expired");
              assertThat(failure.value().getOutcome()).isEqualTo(FailedAs.EXPIRED);
            });
    assertThat(installation.outcomes().retries().size() + failures().size()).isEqualTo(20);
  }

  @Test
  void ofAJobThatFailedEachRequestGetsTheReasonAndBadLinesTheirOwn() {
    List<Ask> asks = List.of(Ask.of("a", "a"), Ask.of("b", "b"), Ask.of("c", "c"));
    Sealed batch = installation.seal(0, installation.admit(0, asks), asks);
    installation.end(
        batch,
        EndedAs.FAILED,
        ended ->
            ended
                .setProviderJobId("batch_1")
                .setProblemCode("invalid_request")
                .setProblem("one line is bad")
                .setInvalidLines(
                    List.of(new InvalidLine(1, "unknown_parameter", "no such thing"))));

    try (var _ = RunningService.with(RunningService.config(installation))) {
      awaitOutcomes(3);
    }

    assertThat(failures().get("a").value().getCode()).isEqualTo("invalid_request");
    assertThat(failures().get("b").value().getCode()).isEqualTo("unknown_parameter");
    assertThat(failures().get("b").value().getMessage()).isEqualTo("no such thing");
    assertThat(failures().get("c").value().getMessage()).contains("one line is bad");
  }

  @Test
  void requestsThatWereSealedAgainGetNoOutcomeHere() {
    List<Ask> asks = List.of(Ask.of("a", "a"), Ask.of("b", "b"), Ask.of("c", "c"));
    Sealed batch = installation.seal(0, installation.admit(0, asks), asks);
    installation.end(
        batch,
        EndedAs.FAILED,
        ended ->
            ended
                .setProviderJobId("batch_1")
                .setInvalidLines(List.of(new InvalidLine(1, "unknown_parameter", "no such thing")))
                .setResealedAs(List.of("01OTHER")));
    installation.run(0, List.of(Ask.of("next", "Say next")));

    try (var _ = RunningService.with(RunningService.config(installation))) {
      awaitOutcomes(2);
    }

    assertThat(failures()).containsOnlyKeys("b");
    assertThat(installation.outcomes().results())
        .extracting(r -> r.value().getCustomId())
        .containsExactly("next");
  }

  @Test
  void aBatchThatNeverReachedItsProviderIsRejectedOrRetried() {
    List<Ask> given = List.of(Ask.of("a", "a"));
    installation.end(
        installation.seal(0, installation.admit(0, given), given),
        EndedAs.FAILED,
        ended -> ended.setProblemCode("payload_too_large").setProblem("never"));
    List<Ask> taken = List.of(Ask.of("b", "b"));
    installation.end(
        installation.seal(1, installation.admit(1, taken), taken),
        EndedAs.CANCELLED,
        ended -> ended.setRetryable(true));

    try (var _ = RunningService.with(RunningService.config(installation))) {
      awaitOutcomes(2);
    }

    assertThat(failures().get("a").value().getOutcome()).isEqualTo(FailedAs.REJECTED);
    assertThat(failures().get("a").value().getAttempts()).isZero();
    assertThat(installation.outcomes().retries())
        .extracting(r -> r.value().getCustomId())
        .containsExactly("b");
  }

  @Test
  void answersThatDoNotFitIntoARecordBecomeFailuresAndAreBilled() {
    installation.run(
        0, List.of(Ask.of("huge", "[sim:tokens=100000]"), Ask.of("small", "Say small")));
    ResultsConfig config =
        RunningService.withLimits(
            RunningService.config(installation),
            new LimitsConfig(ByteSize.parse("64KiB"), ByteSize.parse("64KiB")));

    try (var _ = RunningService.with(config)) {
      awaitOutcomes(2);
    }

    LlmFailure huge = failures().get("huge").value();
    assertThat(huge.getCode()).isEqualTo("response_too_large");
    assertThat(huge.getOriginal().remaining()).isPositive();
    assertThat(installation.outcomes().usage())
        .singleElement()
        .satisfies(
            usage -> {
              assertThat(usage.getRequests()).isEqualTo(2);
              assertThat(usage.getUsage().getOutput()).isGreaterThanOrEqualTo(100_000);
            });
  }

  @Test
  void anAnswerMayBeLargerThanAnyRequest() {
    installation.run(0, List.of(Ask.of("large", "[sim:tokens=999999]")));
    ResultsConfig config =
        RunningService.withLimits(
            RunningService.config(installation),
            new LimitsConfig(ByteSize.parse("64KiB"), ByteSize.parse("64MiB")));

    try (var _ = RunningService.with(config)) {
      awaitOutcomes(1);
    }

    assertThat(failures()).isEmpty();
    assertThat(installation.outcomes().results())
        .singleElement()
        .satisfies(r -> assertThat(r.value().getBody().remaining()).isGreaterThan(3 * 1024 * 1024));
  }

  @Test
  void outcomesCanBeLinesOfJson() {
    installation.run(
        0, List.of(Ask.of("good", "Say good").withKey("k"), Ask.of("bad", "[sim:fail=400]")));
    ResultsConfig json =
        RunningService.withOutputs(
            RunningService.config(installation), new OutputsConfig(OutputsConfig.Format.JSON));

    List<ConsumerRecord<byte[], byte[]>> results = new ArrayList<>();
    List<ConsumerRecord<byte[], byte[]>> failures = new ArrayList<>();
    try (var _ = RunningService.with(json)) {
      await()
          .atMost(Patience.LONG)
          .untilAsserted(
              () -> {
                results.clear();
                failures.clear();
                results.addAll(installation.kafka().read(installation.topics().results().name()));
                failures.addAll(installation.kafka().read(installation.topics().failures().name()));
                assertThat(results.size() + failures.size()).isEqualTo(2);
              });
    }

    assertThat(results.getFirst().key()).isEqualTo("k".getBytes(UTF_8));
    assertThat(new String(results.getFirst().value(), UTF_8))
        .startsWith("{\"custom_id\":\"good\",\"response\":{\"status_code\":200,")
        .contains("\"error\":null,\"offpeak\":{\"tenant\":\"default\"")
        .contains("\"cost_usd\":0.");
    assertThat(new String(failures.getFirst().value(), UTF_8))
        .startsWith("{\"custom_id\":\"bad\",\"response\":{\"status_code\":400,")
        .contains("\"error\":{\"code\":");
  }

  private void simulator(String faults) {
    installation.simulate("/_sim/faults", faults);
  }

  private static double stray(RunningService service, String reason) {
    return service
        .meters()
        .get("offpeak.results.stray.lines")
        .tag("reason", reason)
        .counter()
        .count();
  }

  private void awaitOutcomes(int count) {
    await()
        .atMost(Patience.LONG)
        .untilAsserted(() -> assertThat(installation.outcomes().customIds()).hasSize(count));
  }

  private Map<String, ConsumerRecord<byte[], LlmFailure>> failures() {
    Map<String, ConsumerRecord<byte[], LlmFailure>> byId = new HashMap<>();
    installation
        .outcomes()
        .failures()
        .forEach(failure -> assertThat(byId.put(failure.value().getCustomId(), failure)).isNull());
    return byId;
  }
}
