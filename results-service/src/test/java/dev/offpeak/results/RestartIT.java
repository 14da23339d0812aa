package dev.offpeak.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.results.config.ChunkLimits;
import dev.offpeak.results.world.Ask;
import dev.offpeak.results.world.Installation;
import dev.offpeak.results.world.RunningService;
import dev.offpeak.results.world.ServiceInOwnProcess;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances that end in the middle of their work, and others that go on. */
@WithKafka
class RestartIT {

  private static final int REQUESTS = 6_000;
  private static final Duration PATIENCE = Patience.LONG;

  /** Kafka aborts a transaction by itself after a minute. */
  private static final Duration WELL_WITHIN_ITS_TIMEOUT = Duration.ofSeconds(25);

  /** A member that was killed is missed sooner than by default. */
  private static final Map<String, String> QUICK_TO_MISS = Map.of("session.timeout.ms", "6000");

  @TempDir Path folder;
  private Simulator simulator;
  private Installation installation;

  @BeforeEach
  void start(TestKafka kafka) throws IOException {
    simulator = Simulator.start(SimulatorConfig.defaults());
    installation =
        new Installation(
            kafka, simulator.baseUri(), folder.resolve("registry.json").toUri().toString());
  }

  @AfterEach
  void stop() throws IOException {
    installation.close();
    simulator.close();
  }

  @Test
  void afterAKillAnotherInstanceGoesOnWithTheNextRequest() throws Exception {
    List<Ask> asks = asks();
    installation.run(1, asks);

    try (var killed = new ServiceInOwnProcess(installation, folder, QUICK_TO_MISS)) {
      awaitSome(killed);
      killed.kill();
    }
    int before = installation.outcomes().results().size();
    assertThat(before).isBetween(1, REQUESTS - 1);

    try (var _ = RunningService.with(RunningService.config(installation))) {
      awaitAll();
    }
    eachHasOne(asks);
  }

  @Test
  void toldToStopItCommitsWhatItHasAndAnotherGoesOn() throws Exception {
    List<Ask> asks = asks();
    installation.run(1, asks);

    try (var stopped = new ServiceInOwnProcess(installation, folder, QUICK_TO_MISS)) {
      awaitSome(stopped);
      assertThat(stopped.terminate()).as(stopped.log()).isIn(0, 143);
    }
    assertThat(installation.outcomes().results().size()).isBetween(1, REQUESTS - 1);

    try (var _ = RunningService.with(RunningService.config(installation))) {
      awaitAll();
    }
    eachHasOne(asks);
  }

  @Test
  void twoInstancesShareThePartitionsAndHandThemOver() {
    List<Ask> asks =
        IntStream.range(0, 9 * 200).mapToObj(i -> Ask.of("id-" + i, "Say " + i)).toList();
    ResultsConfig config =
        RunningService.withChunks(
            RunningService.config(installation),
            new ChunkLimits(20, ByteSize.parse("1MiB"), Duration.ofSeconds(5)));
    for (int i = 0; i < 9; i++) {
      installation.run(i % Installation.PARTITIONS, asks.subList(i * 200, (i + 1) * 200));
    }

    try (RunningService one = RunningService.with(config)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(installation.outcomes().results()).isNotEmpty());
      try (RunningService other = RunningService.with(config)) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> {
                  assertThat(other.health().readiness().isOk()).isTrue();
                  assertThat(installation.outcomes().results()).hasSizeGreaterThanOrEqualTo(1_800);
                });
        installation.run(0, List.of(Ask.of("more-0", "Say more")));
        installation.run(1, List.of(Ask.of("more-1", "Say more")));
        installation.run(2, List.of(Ask.of("more-2", "Say more")));
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(installation.outcomes().results()).hasSize(1_803));
        assertThat(jobs(one)).isPositive();
        assertThat(jobs(other)).isPositive();
        assertThat(jobs(one) + jobs(other)).isGreaterThanOrEqualTo(12);
        assertThat(other.failure()).isNull();
      }
      assertThat(one.failure()).isNull();
    }

    assertThat(installation.outcomes().customIds()).hasSize(1_803).doesNotHaveDuplicates();
  }

  @Test
  void aTransactionThatADeadInstanceLeftOpenHoldsNothingUp() {
    Map<String, Object> properties = new HashMap<>(installation.kafka().clientProperties());
    properties.put("transactional.id", installation.kafka().prefix() + "offpeak-results-1");
    properties.put("group.id", installation.kafka().prefix() + "offpeak-results");
    try (var member =
            new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var dead =
            new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      dead.initTransactions();
      dead.beginTransaction();
      dead.sendOffsetsToTransaction(
          Map.of(
              new TopicPartition(installation.topics().completions().name(), 1),
              new OffsetAndMetadata(0)),
          member.groupMetadata());

      installation.run(1, List.of(Ask.of("id", "Say it")));
      try (var _ = RunningService.with(RunningService.config(installation))) {
        await()
            .atMost(WELL_WITHIN_ITS_TIMEOUT)
            .untilAsserted(() -> assertThat(installation.outcomes().results()).hasSize(1));
      }
    }
  }

  private static double jobs(RunningService service) {
    return service.meters().find("offpeak.results.jobs").counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  private static List<Ask> asks() {
    return IntStream.range(0, REQUESTS).mapToObj(i -> Ask.of("id-" + i, "Say " + i)).toList();
  }

  private void awaitSome(ServiceInOwnProcess service) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () ->
                assertThat(installation.outcomes().results())
                    .as(service.log())
                    .hasSizeGreaterThan(20));
  }

  private void awaitAll() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(installation.outcomes().results())
                    .hasSizeGreaterThanOrEqualTo(REQUESTS));
  }

  private void eachHasOne(List<Ask> asks) {
    assertThat(installation.outcomes().customIds())
        .containsExactlyInAnyOrderElementsOf(asks.stream().map(Ask::customId).toList());
    assertThat(installation.outcomes().usage().stream().mapToLong(UsageRecord::getRequests).sum())
        .isEqualTo(REQUESTS);
  }
}
