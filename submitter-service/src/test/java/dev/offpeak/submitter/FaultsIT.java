package dev.offpeak.submitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the provider does wrong, and that each request is executed once nevertheless. */
@WithKafka
@Execution(ExecutionMode.CONCURRENT)
class FaultsIT extends SubmitterScene {

  private static final Duration PATIENCE = Patience.LONG;
  private static final int REQUESTS = 7;

  @ParameterizedTest
  @ValueSource(
      strings = {
        // The answer to the create gets lost, in every way there is.
        "{'match':{'call':'create_batch','nth':1},'do':{'cut':true,'after_effect':true}}",
        "{'match':{'call':'create_batch','nth':1},'do':{'cut':true}}",
        "{'match':{'call':'create_batch','nth':1},'do':{'status':503,'after_effect':true}}",
        "{'match':{'call':'create_batch','nth':1},'do':{'status':500}}",
        "{'match':{'call':'create_batch','nth':1},'do':{'cut':true,'effect_after_ms':700}}",
        "{'match':{'call':'create_batch','nth':1},'do':{'status':502,'effect_after_ms':2500}}",
        // The same, and the job is not listed at once.
        "{'match':{'call':'create_batch','nth':1},"
            + "'do':{'cut':true,'after_effect':true,'job':{'hidden_ms':1000}}}",
        "[{'match':{'call':'create_batch','nth':1},'do':{'cut':true,'after_effect':true}},"
            + "{'match':{'call':'list_batches','nth':1},'do':{'status':503}}]",
        // The upload is cut, before and after.
        "{'match':{'call':'upload_file','nth':1},'do':{'cut':true}}",
        "{'match':{'call':'upload_file','nth':1},'do':{'cut':true,'after_effect':true}}",
        "{'match':{'call':'upload_file','nth':1},'do':{'status':500,'after_effect':true}}",
        // The provider is busy or broken for a while.
        "{'match':{'call':'create_batch','nth':1},"
            + "'do':{'status':429,'headers':{'retry-after-ms':'300'}}}",
        "{'match':{'call':'upload_file','nth':1},'do':{'status':429}}",
        "{'match':{'call':'get_batch'},'do':{'status':503},'times':3}",
        "{'match':{'call':'get_batch'},'do':{'cut':true},'times':2}",
        "{'match':{'call':'get_batch','nth':1},'do':{'status':404}}"
      })
  void eachRequestIsExecutedOnce(String fault) throws Exception {
    SimulatorFaults.add(simulator, fault);
    var _ = submitters.start();

    String batch = installation.seal(REQUESTS);

    JobEnded ended = awaitEnd();
    assertThat(ended.getBatchId()).isEqualTo(batch);
    assertThat(ended.getEnded()).isEqualTo(EndedAs.COMPLETED);
    assertThat(simulator.ledger().summary().linesExecuted()).isEqualTo(REQUESTS);
    assertThat(simulator.ledger().summary().bodiesBilledMoreThanOnce()).isZero();
  }

  private JobEnded awaitEnd() {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(installation.ends()).hasSize(1));
    return installation.ends().getFirst();
  }

  @Test
  void anAccountWithoutFundsWaitsAndGoesOnByItself() throws Exception {
    SimulatorFaults.add(
        simulator,
        "{'match':{'call':'upload_file'},'do':{'status':429,'code':'insufficient_quota'},'times':3}");
    var _ = submitters.start();

    String batch = installation.seal(REQUESTS);

    JobEnded ended = awaitEnd();
    assertThat(ended.getEnded()).isEqualTo(EndedAs.COMPLETED);
    assertThat(installation.history(batch))
        .extracting(JobRecord::getProblemCode)
        .contains("insufficient_quota");
    assertThat(simulator.ledger().summary().linesExecuted()).isEqualTo(REQUESTS);
  }

  @Test
  void aKeyRevokedWhileTheJobRunsIsWaitedFor() throws Exception {
    SimulatorFaults.add(
        simulator, "{'match':{'call':'create_batch'},'do':{'job':{'stuck':'in_progress'}}}");
    var _ = submitters.start();
    String batch = installation.seal(REQUESTS);
    awaitState(batch, JobStateName.SUBMITTED);

    SimulatorFaults.key(simulator, "revoke", "sk-test");

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(installation.jobs().get(batch).getProblemCode())
                    .isEqualTo("invalid_api_key"));
    SimulatorFaults.key(simulator, "restore", "sk-test");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(installation.jobs().get(batch).getProblemCode()).isNull());
  }

  private void awaitState(String batch, JobStateName state) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(installation.jobs().get(batch))
                    .extracting(JobRecord::getState)
                    .isEqualTo(state));
  }

  @Test
  void aFullQueueIsWaitedForAndNothingIsCreatedMeanwhile() throws Exception {
    SimulatorFaults.add(
        simulator,
        "{'match':{'call':'create_batch','nth':1},"
            + "'do':{'job':{'fail_code':'token_limit_exceeded'}}}");
    var _ = submitters.start();

    String batch = installation.seal(REQUESTS);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(installation.history(batch))
                    .extracting(JobRecord::getProblemCode)
                    .contains("token_limit_exceeded"));
    assertThat(installation.jobs().get(batch).getState()).isEqualTo(JobStateName.SEALED);
    assertThat(installation.ends()).isEmpty();
    assertThat(SimulatorFaults.get(simulator, "/_sim/ledger/summary")).contains("\"creates\":1");
  }

  /** The first upload shows up after the second was made: nobody needs it. */
  @Test
  void aFileThatNoJobNeedsIsDeleted() throws Exception {
    SimulatorFaults.add(
        simulator,
        "[{'match':{'call':'upload_file','nth':1},'do':{'status':500,'effect_after_ms':1500}},"
            + "{'match':{'call':'get_batch','nth':1},'do':{'delay_ms':2500}}]");
    var _ = submitters.start();

    var _ = installation.seal(REQUESTS);

    JobEnded ended = awaitEnd();
    assertThat(ended.getEnded()).isEqualTo(EndedAs.COMPLETED);
    // The input that was used, and its output: both are for the results-service to delete.
    assertThat(SimulatorFaults.get(simulator, "/_sim/ledger/summary"))
        .contains("\"uploads\":2")
        .contains("\"files_left\":2");
  }

  @Test
  void aFileThatTheProviderDoesNotFindIsUploadedAgain() throws Exception {
    SimulatorFaults.add(
        simulator,
        "{'match':{'call':'create_batch','nth':1},'do':{'job':"
            + "{'fail_code':'invalid_request','fail_param':'file_id'}}}");
    var _ = submitters.start();

    String batch = installation.seal(REQUESTS);

    assertThat(awaitEnd().getEnded()).isEqualTo(EndedAs.COMPLETED);
    assertThat(installation.jobs().get(batch).getTryNumber()).isEqualTo(2);
    assertThat(simulator.ledger().summary().linesExecuted()).isEqualTo(REQUESTS);
  }
}
