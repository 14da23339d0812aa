package dev.offpeak.submitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import dev.offpeak.simulator.openai.rules.AzureRules;
import dev.offpeak.simulator.openai.rules.CompatibleRules;
import dev.offpeak.simulator.openai.rules.OpenAiLimits;
import dev.offpeak.simulator.openai.rules.OpenAiQuirks;
import dev.offpeak.simulator.openai.rules.OpenAiRules;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@WithKafka
class HappyPathIT {

  private static final Duration PATIENCE = Patience.LONG;

  @Test
  void aSealedBatchBecomesOneJobThatEnds(TestKafka kafka) throws Exception {
    OpenAiRules plain =
        new OpenAiRules(
            OpenAiLimits.DOCUMENTED,
            OpenAiQuirks.NONE,
            Map.of(),
            AzureRules.OFF,
            CompatibleRules.OPENAI);
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults().withOpenAi(plain));
        Installation installation = new Installation(kafka, 1);
        Submitters submitters = new Submitters(installation, simulator)) {
      var _ = submitters.start();

      String batch = installation.seal(20);

      await().atMost(PATIENCE).untilAsserted(() -> assertThat(installation.ends()).hasSize(1));
      JobEnded ended = installation.ends().getFirst();
      assertThat(ended.getBatchId()).isEqualTo(batch);
      assertThat(ended.getEnded()).isEqualTo(EndedAs.COMPLETED);
      assertThat(ended.getOutputFileId()).isNotNull();
      assertThat(ended.getProblem()).isNull();
      assertThat(installation.history(batch))
          .extracting(JobRecord::getState)
          .startsWith(
              JobStateName.SEALED,
              JobStateName.UPLOADING,
              JobStateName.UPLOADED,
              JobStateName.CREATING)
          .endsWith(JobStateName.ENDED);
      assertThat(simulator.ledger().summary().linesExecuted()).isEqualTo(20);
    }
  }

  @Test
  void severalBatchesOfSeveralPartitions(TestKafka kafka) throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults());
        Installation installation = new Installation(kafka, 3);
        Submitters submitters = new Submitters(installation, simulator)) {
      List<String> before = List.of(installation.seal(0, 3), installation.seal(2, 4));
      var _ = submitters.start();
      List<String> after = List.of(installation.seal(1, 5), installation.seal(2, 6));

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(installation.ends())
                      .extracting(JobEnded::getBatchId)
                      .containsAll(before)
                      .containsAll(after)
                      .hasSize(4));
      assertThat(simulator.ledger().summary().linesExecuted()).isEqualTo(18);
      assertThat(simulator.ledger().summary().bodiesBilledMoreThanOnce()).isZero();
    }
  }
}
