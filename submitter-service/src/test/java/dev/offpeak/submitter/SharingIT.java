package dev.offpeak.submitter;

import static dev.offpeak.schemas.avro.JobStateName.SUBMITTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.runtime.failpoint.FailpointListener;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.simulator.SimulatorConfig;
import dev.offpeak.simulator.job.Pace;
import dev.offpeak.submitter.partition.PartitionOwner;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Instances that come and go in order. */
@WithKafka
@Execution(ExecutionMode.CONCURRENT)
class SharingIT extends SubmitterScene {

  private static final Duration PATIENCE = Patience.LONG;
  private static final int PARTITIONS = 4;
  private static final int REQUESTS = 5;

  @Override
  SimulatorConfig simulated() {
    return SimulatorConfig.defaults()
        .withPace(
            new Pace(Duration.ofMillis(300), Duration.ofSeconds(5), Duration.ZERO, Duration.ZERO));
  }

  @Override
  Installation installed(TestKafka kafka) throws InterruptedException {
    return new Installation(kafka, PARTITIONS);
  }

  @Test
  void twoInstancesShareThePartitionsAndTheirJobs() throws Exception {
    SubmitterService one = submitters.start("one", FailpointListener.nowhere());
    List<String> batches = sealInEachPartition();
    SubmitterService two = submitters.start("two", FailpointListener.nowhere());

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(one.owners()).hasSize(PARTITIONS / 2).allMatch(PartitionOwner::isReady);
              assertThat(two.owners()).hasSize(PARTITIONS / 2).allMatch(PartitionOwner::isReady);
            });
    batches.addAll(sealInEachPartition());

    assertEachEndsOnce(batches);
    assertThat(submitters.failures()).isEmpty();
  }

  @Test
  void aRollingRestartLosesAndDoublesNothing() throws Exception {
    SubmitterService one = submitters.start("one", FailpointListener.nowhere());
    SubmitterService two = submitters.start("two", FailpointListener.nowhere());
    List<String> batches = sealInEachPartition();
    awaitSubmitted(batches);

    one.close();
    batches.addAll(sealInEachPartition());
    SubmitterService again = submitters.start("one", FailpointListener.nowhere());
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(again.owners()).anyMatch(PartitionOwner::isReady));
    two.close();
    batches.addAll(sealInEachPartition());
    var _ = submitters.start("two", FailpointListener.nowhere());

    assertEachEndsOnce(batches);
    assertThat(submitters.failures()).isEmpty();
  }

  @Test
  void aJobIsNotAskedAboutWithTheKeyOfAnotherAccount() throws Exception {
    SimulatorFaults.add(
        simulator, "{'match':{'call':'create_batch'},'do':{'job':{'stuck':'in_progress'}}}");
    SubmitterService first = submitters.start();
    String batch = installation.seal(REQUESTS);
    awaitSubmitted(List.of(batch));
    first.close();

    submitters.useKey("sk-other");
    SubmitterService second = submitters.start();

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(installation.jobs().get(batch).getProblemCode())
                    .isEqualTo("account_changed"));
    second.close();
    submitters.useKey("sk-test");
    var _ = submitters.start();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(installation.jobs().get(batch).getProblemCode()).isNull());
  }

  @Test
  void aJobThatWasRefusedItsUploadGoesOnWithAnotherKey() throws Exception {
    SimulatorFaults.key(simulator, "revoke", "sk-test");
    SubmitterService first = submitters.start();
    String batch = installation.seal(REQUESTS);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(installation.jobs())
                    .hasEntrySatisfying(
                        batch, job -> assertThat(job.getProblem()).contains("401")));
    first.close();

    submitters.useKey("sk-other");
    var _ = submitters.start();

    assertEachEndsOnce(List.of(batch));
  }

  private List<String> sealInEachPartition() throws Exception {
    List<String> batches = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      batches.add(installation.seal(partition, REQUESTS));
    }
    return batches;
  }

  private void awaitSubmitted(List<String> batches) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(installation.jobs())
                    .extractingFromEntries(job -> job.getKey() + job.getValue().getState())
                    .containsAll(batches.stream().map(batch -> batch + SUBMITTED).toList()));
  }

  private void assertEachEndsOnce(List<String> batches) throws Exception {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(installation.ends()).hasSize(batches.size()));
    assertThat(installation.ends())
        .extracting(JobEnded::getBatchId)
        .containsExactlyInAnyOrderElementsOf(batches);
    assertThat(installation.ends()).extracting(JobEnded::getEnded).containsOnly(EndedAs.COMPLETED);
    assertThat(simulator.ledger().summary().linesExecuted())
        .isEqualTo((long) batches.size() * REQUESTS);
    assertThat(simulator.ledger().summary().bodiesBilledMoreThanOnce()).isZero();
  }
}
