package dev.offpeak.submitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import dev.offpeak.simulator.job.Pace;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two instances share the partitions while everything goes wrong that may: instances are restarted
 * and replaced, owners are fenced, jobs are held up in the middle of what they do, and the provider
 * loses answers, takes effect late, hides jobs and has no room. What goes wrong follows from a
 * seed; {@code -Dchaos.seeds=1,2,3} tries others.
 */
@WithKafka
class ChaosIT {

  private static final Duration PATIENCE = Patience.LONG;
  private static final int PARTITIONS = 3;
  private static final int ROUNDS = 12;
  private static final int REQUESTS = 4;

  /** Of each call, how likely it goes wrong, and how. */
  private static final String FAULTS =
      """
      [{'match':{'call':'create_batch','probability':0.12},'do':{'cut':true,'after_effect':true}},
       {'match':{'call':'create_batch','probability':0.08},'do':{'cut':true}},
       {'match':{'call':'create_batch','probability':0.08},'do':{'status':500,'after_effect':true}},
       {'match':{'call':'create_batch','probability':0.08},
        'do':{'cut':true,'after_effect':true,'job':{'hidden_ms':900}}},
       {'match':{'call':'create_batch','probability':0.08},'do':{'cut':true,'effect_after_ms':700}},
       {'match':{'call':'create_batch','probability':0.08},'do':{'status':502,'effect_after_ms':4000}},
       {'match':{'call':'create_batch','probability':0.08},
        'do':{'job':{'fail_code':'token_limit_exceeded','fail_message':'no room'}}},
       {'match':{'call':'create_batch','probability':0.05},'do':{'status':429}},
       {'match':{'call':'create_batch','probability':0.3},'do':{'hold_ms':400}},
       {'match':{'call':'upload_file','probability':0.1},'do':{'cut':true,'after_effect':true}},
       {'match':{'call':'upload_file','probability':0.1},'do':{'cut':true}},
       {'match':{'call':'upload_file','probability':0.1},'do':{'status':500}},
       {'match':{'call':'list_batches','probability':0.2},'do':{'status':503}},
       {'match':{'call':'get_batch','probability':0.2},'do':{'status':500}},
       {'match':{'call':'delete_file','probability':0.2},'do':{'cut':true}}]
      """;

  private Submitters submitters;
  private Installation installation;
  private TestKafka kafka;

  static LongStream seeds() {
    return Arrays.stream(System.getProperty("chaos.seeds", "20261124").split(","))
        .mapToLong(Long::parseLong);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void eachBatchEndsOnceAndEachRequestIsExecutedOnce(long seed, TestKafka testKafka)
      throws Exception {
    kafka = testKafka;
    Pace pace =
        new Pace(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO);
    RandomPauses pauses = new RandomPauses(seed, 0.1, Duration.ofSeconds(5));
    try (Simulator simulator =
            Simulator.start(SimulatorConfig.defaults().withSeed(seed).withPace(pace));
        Installation itsTopics = new Installation(kafka, PARTITIONS);
        Submitters instances = new Submitters(itsTopics, simulator)) {
      installation = itsTopics;
      submitters = instances;
      SimulatorFaults.add(simulator, FAULTS);
      List<String> batches = new ArrayList<>();

      torment(new Random(seed), pauses, batches);
      SimulatorFaults.clear(simulator);
      pauses.beQuiet();

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(installation.jobs().values())
                      .as("jobs")
                      .hasSize(batches.size())
                      .extracting(JobRecord::getState)
                      .containsOnly(JobStateName.ENDED));
      assertThat(installation.ends())
          .extracting(JobEnded::getBatchId)
          .containsExactlyInAnyOrderElementsOf(batches);
      assertThat(installation.ends())
          .extracting(JobEnded::getEnded)
          .containsOnly(EndedAs.COMPLETED);
      assertThat(simulator.ledger().summary().bodiesBilledMoreThanOnceSample()).isEmpty();
      assertThat(simulator.ledger().summary().linesExecuted())
          .isEqualTo((long) batches.size() * REQUESTS);
    }
  }

  private void torment(Random random, RandomPauses pauses, List<String> batches) throws Exception {
    Map<String, SubmitterService> running = new HashMap<>();
    for (String name : List.of("one", "two")) {
      running.put(name, submitters.start(name, pauses));
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        batches.add(installation.seal(partition, REQUESTS));
      }
      String name = random.nextBoolean() ? "one" : "two";
      switch (random.nextInt(4)) {
        case 0 -> {
          running.get(name).close();
          running.put(name, submitters.start(name, pauses));
        }
        // The older one does not know yet that it is replaced.
        case 1 -> running.put(name, submitters.start(name, pauses));
        case 2 -> fence(random.nextInt(PARTITIONS));
        default -> awaitSomethingEnded(batches.size() / 2);
      }
    }
  }

  private void awaitSomethingEnded(int atLeast) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(installation.ends()).hasSizeGreaterThanOrEqualTo(atLeast));
  }

  /** What a newer owner does first. */
  private void fence(int partition) {
    Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
    properties.put("transactional.id", kafka.name("offpeak-submitter-" + partition));
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
    }
  }
}
