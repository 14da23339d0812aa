package dev.offpeak.submitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same for every provider: whatever becomes of the create's answer, it is executed once. */
@WithKafka
@Execution(ExecutionMode.CONCURRENT)
class ProvidersIT {

  private static final Duration PATIENCE = Patience.LONG;
  private static final int REQUESTS = 7;

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "gemini"})
  void allGoesWell(Provider provider, TestKafka kafka) throws Exception {
    onceWith(provider, kafka, "[]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "anthropic | {'cut':true,'after_effect':true}",
        "anthropic | {'cut':true}",
        "anthropic | {'status':500,'after_effect':true}",
        "anthropic | {'status':529}",
        "anthropic | {'cut':true,'effect_after_ms':700}",
        "anthropic | {'cut':true,'after_effect':true,'job':{'hidden_ms':1000}}",
        "anthropic | {'status':429,'headers':{'retry-after':'1'}}",
        "gemini | {'cut':true,'after_effect':true}",
        "gemini | {'cut':true}",
        "gemini | {'status':503,'after_effect':true}",
        "gemini | {'status':503}",
        "gemini | {'cut':true,'effect_after_ms':2500}",
        "gemini | {'cut':true,'after_effect':true,'job':{'hidden_ms':1000}}",
        "gemini | {'status':429}",
      })
  void aCreateThatGoesWrongIsExecutedOnce(Provider provider, String fate, TestKafka kafka)
      throws Exception {
    onceWith(provider, kafka, "{'match':{'call':'create_batch','nth':1},'do':" + fate + "}");
  }

  private static void onceWith(Provider provider, TestKafka kafka, String faults) throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults());
        Installation installation = new Installation(kafka, 1, Installation.lane(provider));
        Submitters submitters = new Submitters(installation, simulator)) {
      SimulatorFaults.add(simulator, faults);
      var _ = submitters.start();

      List<String> batches = List.of(installation.seal(REQUESTS), installation.seal(REQUESTS));

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(installation.ends())
                      .extracting(JobEnded::getBatchId)
                      .containsExactlyInAnyOrderElementsOf(batches));
      assertThat(installation.ends())
          .extracting(JobEnded::getEnded)
          .containsOnly(EndedAs.COMPLETED);
      assertThat(installation.jobs().values())
          .extracting(JobRecord::getState)
          .containsOnly(JobStateName.ENDED);
      assertThat(simulator.ledger().summary().linesExecuted()).isEqualTo(2L * REQUESTS);
      assertThat(simulator.ledger().summary().bodiesBilledMoreThanOnce()).isZero();
    }
  }
}
