package dev.offpeak.submitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A create at Anthropic whose answer is lost, while its job runs on and can't be told. */
@WithKafka
@Execution(ExecutionMode.CONCURRENT)
class QuarantineIT extends SubmitterScene {

  private static final Duration PATIENCE = Patience.LONG;
  private static final int REQUESTS = 4;

  @Override
  Installation installed(TestKafka kafka) throws InterruptedException {
    return new Installation(kafka, 1, Installation.lane(Provider.ANTHROPIC));
  }

  @BeforeEach
  void loseTheFirstCreatesAnswer() throws Exception {
    SimulatorFaults.add(
        simulator,
        "{'match':{'call':'create_batch','nth':1},"
            + "'do':{'cut':true,'after_effect':true,'job':{'stuck':'in_progress'}}}");
  }

  @Test
  void isWatchedAndCanBeAdoptedByHand() throws Exception {
    var _ = submitters.start();
    String batch = installation.seal(REQUESTS);
    String candidate = awaitQuarantine(batch);

    installation.control(command(ControlAction.ADOPT, batch, candidate));

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(installation.jobs().get(batch))
                    .extracting(JobRecord::getState, JobRecord::getProviderJobId)
                    .containsExactly(JobStateName.SUBMITTED, candidate));
  }

  @Test
  void canBeDiscardedByHandAndIsThenCreatedAnew() throws Exception {
    var _ = submitters.start();
    String batch = installation.seal(REQUESTS);
    var _ = awaitQuarantine(batch);

    installation.control(command(ControlAction.DISCARD, batch, null));

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(installation.ends()).hasSize(1));
    assertThat(installation.ends().getFirst().getEnded()).isEqualTo(EndedAs.COMPLETED);
    assertThat(installation.jobs().get(batch).getTryNumber()).isEqualTo(2);
  }

  @Test
  void isQuarantinedStillAfterARestartAndNeverCreatedAgainByItself() throws Exception {
    SubmitterService first = submitters.start();
    String batch = installation.seal(REQUESTS);
    var _ = awaitQuarantine(batch);
    first.close();

    var _ = submitters.start();
    String other = installation.seal(REQUESTS);

    // The next batch is of the same size, and is not taken for the lost one.
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(installation.ends()).hasSize(1));
    assertThat(installation.ends().getFirst().getBatchId()).isEqualTo(other);
    assertThat(installation.jobs().get(batch).getState()).isEqualTo(JobStateName.QUARANTINED);
    assertThat(SimulatorFaults.get(simulator, "/_sim/ledger/summary")).contains("\"creates\":2");
  }

  /** Waits until the job is in quarantine; the problem names the candidate. */
  private String awaitQuarantine(String batch) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(installation.jobs().get(batch))
                    .extracting(JobRecord::getState)
                    .isEqualTo(JobStateName.QUARANTINED));
    Matcher id =
        Pattern.compile("msgbatch_\\w+").matcher(installation.jobs().get(batch).getProblem());
    assertThat(id.find()).isTrue();
    return id.group();
  }

  private static ControlRecord command(ControlAction action, String batch, @Nullable String job) {
    return ControlRecord.newBuilder()
        .setAction(action)
        .setBatchId(batch)
        .setProviderJobId(job)
        .setIssuedAt(Instant.now())
        .build();
  }
}
