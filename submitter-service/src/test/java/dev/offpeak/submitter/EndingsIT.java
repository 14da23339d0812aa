package dev.offpeak.submitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.offpeak.provider.account.LimitsConfig;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.InvalidLine;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The ways in which a job ends besides well, and what holds it back before. */
@WithKafka
@Execution(ExecutionMode.CONCURRENT)
class EndingsIT extends SubmitterScene {

  private static final Duration PATIENCE = Patience.LONG;
  private static final String STUCK =
      "{'match':{'call':'create_batch'},'do':{'job':{'stuck':'in_progress'}}}";

  private Map<String, JobEnded> awaitEnds(int count) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(installation.ends()).hasSize(count));
    return installation.ends().stream()
        .collect(Collectors.toMap(JobEnded::getBatchId, ended -> ended));
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

  private List<String> goodBodies(int count) {
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      bodies.add(installation.body("question " + i));
    }
    return bodies;
  }

  @Test
  void theLinesThatTheProviderNamesFailAndTheOthersAreSubmittedAgain() throws Exception {
    List<String> bodies = goodBodies(6);
    bodies.set(2, "{\"model\":\"gpt-6-luna\"}");
    bodies.set(5, "{\"model\":\"gpt-6-luna\",\"messages\":[],\"stream\":true}");
    var _ = submitters.start();

    String batch = installation.seal(0, "BAD", bodies);

    Map<String, JobEnded> ends = awaitEnds(2);
    JobEnded refused = ends.get(batch);
    assertThat(refused.getEnded()).isEqualTo(EndedAs.FAILED);
    assertThat(refused.getInvalidLines()).extracting(InvalidLine::getIndex).containsExactly(2, 5);
    assertThat(refused.getResealedAs()).containsExactly("BAD.1");
    assertThat(ends.get("BAD.1").getEnded()).isEqualTo(EndedAs.COMPLETED);
    assertThat(ends.get("BAD.1").getRequests()).isEqualTo(4);
    assertThat(simulator.ledger().summary().linesExecuted()).isEqualTo(4);
    assertThat(installation.batches())
        .extracting(SealedBatch::getBatchId, SealedBatch::getResealedFrom)
        .contains(tuple("BAD.1", "BAD"));
  }

  @Test
  void aBatchIsHalvedUntilWhatIsBadIsFound() throws Exception {
    SimulatorFaults.add(
        simulator,
        "{'match':{'call':'create_batch'},"
            + "'do':{'job':{'fail_code':'invalid_json_line'}},'times':3}");
    var _ = submitters.start();

    String batch = installation.seal(0, "BAD", goodBodies(4));

    // The whole, both halves; then four of one request each, which are good.
    Map<String, JobEnded> ends = awaitEnds(7);
    assertThat(ends.get(batch).getResealedAs()).containsExactly("BAD.1", "BAD.2");
    assertThat(ends.get("BAD.1").getResealedAs()).containsExactly("BAD.1.1", "BAD.1.2");
    assertThat(ends.get("BAD.2.2").getEnded()).isEqualTo(EndedAs.COMPLETED);
    assertThat(simulator.ledger().summary().linesExecuted()).isEqualTo(4);
    assertThat(simulator.ledger().summary().bodiesBilledMoreThanOnce()).isZero();
  }

  @Test
  void aRunningJobIsCancelledAtTheProvider() throws Exception {
    SimulatorFaults.add(simulator, STUCK);
    var _ = submitters.start();
    String batch = installation.seal(3);
    awaitState(batch, JobStateName.SUBMITTED);

    installation.control(command(ControlAction.CANCEL, batch, null));

    JobEnded ended = awaitEnds(1).get(batch);
    assertThat(ended.getEnded()).isEqualTo(EndedAs.CANCELLED);
    assertThat(ended.getProviderJobId()).isNotNull();
    assertThat(ended.getRetryable()).isFalse();
  }

  @Test
  void aWaitingBatchIsCancelledWithoutTheProviderAndOthersGoOn() throws Exception {
    SimulatorFaults.add(simulator, STUCK);
    submitters.limit(jobsInFlight(1));
    var _ = submitters.start();
    String first = installation.seal(3);
    awaitState(first, JobStateName.SUBMITTED);
    String second = installation.seal(3);
    awaitState(second, JobStateName.SEALED);

    installation.control(command(ControlAction.CANCEL, second, null));

    JobEnded ended = awaitEnds(1).get(second);
    assertThat(ended.getEnded()).isEqualTo(EndedAs.CANCELLED);
    assertThat(ended.getProviderJobId()).isNull();
    assertThat(installation.jobs().get(first).getState()).isEqualTo(JobStateName.SUBMITTED);
  }

  @Test
  void aCancelThatCameBeforeTheStartHolds() throws Exception {
    String batch = installation.seal(3);
    installation.control(command(ControlAction.CANCEL, batch, null));
    String later = installation.seal(3);

    var _ = submitters.start();

    Map<String, JobEnded> ends = awaitEnds(2);
    assertThat(ends.get(batch).getEnded()).isEqualTo(EndedAs.CANCELLED);
    assertThat(ends.get(later).getEnded()).isEqualTo(EndedAs.COMPLETED);
    assertThat(simulator.ledger().summary().linesExecuted()).isEqualTo(3);
  }

  @Test
  void whatWasCancelledBeforeItWasSealedEndsAtOnceAndNeverReachesTheProvider() throws Exception {
    installation.control(command(ControlAction.PAUSE, null, "main"));
    var _ = submitters.start();

    String batch = installation.sealCancelled("NONE", 3);
    JobEnded ended = awaitEnds(1).get(batch);
    assertThat(ended.getEnded()).isEqualTo(EndedAs.CANCELLED);
    assertThat(ended.getRequests()).isEqualTo(3);
    assertThat(ended.getRetryable()).as("it was asked not to run").isFalse();
    assertThat(ended.getProblemCode()).isEqualTo("batch_cancelled");
    assertThat(ended.getProviderJobId()).isNull();

    // A later batch goes its way, and the cancelled one was never meant to be acted on.
    installation.control(command(ControlAction.RESUME, null, "main"));
    String later = installation.seal(2);
    assertThat(awaitEnds(2).get(later).getEnded()).isEqualTo(EndedAs.COMPLETED);
    assertThat(installation.history(batch))
        .extracting(JobRecord::getState)
        .containsExactly(JobStateName.ENDED);
    assertThat(simulator.ledger().summary().linesExecuted()).isEqualTo(2);
  }

  @Test
  void aPausedAccountGetsNothingNewUntilItIsResumed() throws Exception {
    installation.control(command(ControlAction.PAUSE, null, "main"));
    var _ = submitters.start();
    String batch = installation.seal(3);
    awaitState(batch, JobStateName.UPLOADING);

    installation.control(command(ControlAction.RESUME, null, "main"));

    assertThat(awaitEnds(1).get(batch).getEnded()).isEqualTo(EndedAs.COMPLETED);
  }

  @Test
  void noMoreJobsRunThanTheAccountAllows() throws Exception {
    submitters.limit(jobsInFlight(1));
    var _ = submitters.start();

    List<String> batches =
        List.of(installation.seal(2), installation.seal(2), installation.seal(2));

    assertThat(awaitEnds(3)).containsOnlyKeys(batches);
    List<JobRecord> submitted =
        batches.stream().map(batch -> first(batch, JobStateName.UPLOADING)).toList();
    List<JobRecord> ended =
        batches.stream().map(batch -> first(batch, JobStateName.ENDED)).toList();
    assertThat(submitted.get(1).getSince()).isAfterOrEqualTo(ended.get(0).getSince());
    assertThat(submitted.get(2).getSince()).isAfterOrEqualTo(ended.get(1).getSince());
  }

  private JobRecord first(String batch, JobStateName state) {
    return installation.history(batch).stream()
        .filter(record -> record.getState() == state)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void requestsThatHaveExpiredFromTheLanesEndTheirBatch() throws Exception {
    String batch = installation.seal(3);
    try (Admin admin = Admin.create(installation.kafka().clientProperties())) {
      admin
          .deleteRecords(
              Map.of(
                  new TopicPartition(installation.topics().lanes().name(), 0),
                  RecordsToDelete.beforeOffset(2)))
          .all()
          .get();
    }
    String after = installation.seal(2);

    var _ = submitters.start();

    Map<String, JobEnded> ends = awaitEnds(2);
    assertThat(ends.get(batch).getEnded()).isEqualTo(EndedAs.FAILED);
    assertThat(ends.get(batch).getProblemCode()).isEqualTo("payload_expired");
    assertThat(ends.get(batch).getProviderJobId()).isNull();
    assertThat(ends.get(after).getEnded()).isEqualTo(EndedAs.COMPLETED);
  }

  @Test
  void aJobThatExpiresHalfWayKeepsItsResults() throws Exception {
    SimulatorFaults.add(
        simulator, "{'match':{'call':'create_batch'},'do':{'job':{'expire_at':0.5}}}");
    var _ = submitters.start();

    String batch = installation.seal(10);

    JobEnded ended = awaitEnds(1).get(batch);
    assertThat(ended.getEnded()).isEqualTo(EndedAs.EXPIRED);
    assertThat(ended.getOutputFileId()).isNotNull();
    assertThat(ended.getErrorFileId()).isNotNull();
  }

  private static LimitsConfig jobsInFlight(int jobs) {
    return new LimitsConfig(null, null, null, null, null, jobs, null, null, null);
  }

  private static ControlRecord command(
      ControlAction action, @Nullable String batch, @Nullable String account) {
    return ControlRecord.newBuilder()
        .setAction(action)
        .setBatchId(batch)
        .setAccount(account)
        .setIssuedAt(Instant.now())
        .build();
  }
}
