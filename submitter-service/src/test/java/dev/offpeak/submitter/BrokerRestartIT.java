package dev.offpeak.submitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.kafka.embedded.BrokerOptions;
import dev.offpeak.kafka.embedded.EmbeddedKafka;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import dev.offpeak.simulator.job.Pace;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.time.Patience;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerRestartIT {

  private static final Duration PATIENCE = Patience.LONG;
  private static final int REQUESTS = 5;

  @Test
  void whileTheBrokerIsAwayNothingIsLostAndAfterwardsAllGoesOn(@TempDir Path folder)
      throws Exception {
    Pace slow =
        new Pace(Duration.ofMillis(300), Duration.ofSeconds(4), Duration.ZERO, Duration.ZERO);
    EmbeddedKafka broker = EmbeddedKafka.start(BrokerOptions.in(folder));
    TestKafka kafka = new TestKafka(broker.bootstrapServers(), "t-");
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults().withPace(slow));
        Installation installation = new Installation(kafka, 2);
        Submitters submitters = new Submitters(installation, simulator)) {
      var _ = submitters.start();
      String running = installation.seal(0, REQUESTS);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(installation.history(running))
                      .anyMatch(job -> job.getState() == JobStateName.SUBMITTED));

      broker.close();
      // The job ends while nobody can record it.
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(simulator.ledger().summary().linesExecuted()).isEqualTo(REQUESTS));
      broker =
          EmbeddedKafka.start(
              BrokerOptions.in(folder)
                  .withPort(URI.create("kafka://" + kafka.bootstrapServers()).getPort()));
      String later = installation.seal(1, REQUESTS);

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(installation.ends())
                      .extracting(JobEnded::getBatchId)
                      .containsExactlyInAnyOrderElementsOf(List.of(running, later)));
      assertThat(installation.ends())
          .extracting(JobEnded::getEnded)
          .containsOnly(EndedAs.COMPLETED);
      assertThat(simulator.ledger().summary().linesExecuted()).isEqualTo(2 * REQUESTS);
      assertThat(submitters.failures()).isEmpty();
    } finally {
      broker.close();
    }
  }
}
