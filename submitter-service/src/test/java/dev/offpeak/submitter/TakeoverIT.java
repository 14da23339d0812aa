package dev.offpeak.submitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.runtime.failpoint.FailpointListener;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.submitter.failpoint.Failpoint;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Another instance goes on where one was held up, wherever that was. */
@WithKafka
@Execution(ExecutionMode.CONCURRENT)
class TakeoverIT extends SubmitterScene {

  private static final Duration PATIENCE = Patience.LONG;
  private static final int REQUESTS = 6;

  private final List<Freezer> freezers = new ArrayList<>();

  @AfterEach
  void thaw() {
    freezers.forEach(Freezer::thaw);
  }

  private Freezer startFrozen(Failpoint place, int nth) throws Exception {
    Freezer freezer = new Freezer(place, nth);
    freezers.add(freezer);
    var _ = submitters.start("one", freezer);
    return freezer;
  }

  @ParameterizedTest
  @EnumSource(
      value = Failpoint.class,
      names = {"BEFORE_BURN", "AFTER_BURN"},
      mode = EnumSource.Mode.EXCLUDE)
  void whoeverStopsForGoodIsReplaced(Failpoint place) throws Exception {
    Freezer freezer = startFrozen(place, 1);
    String batch = installation.seal(REQUESTS);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(freezer.isFrozen()).isTrue());

    var _ = submitters.start("one", FailpointListener.nowhere());

    assertEndsOnce(batch);
  }

  @ParameterizedTest
  @CsvSource({
    "BEFORE_LEDGER_WRITE, 2", "AFTER_LEDGER_WRITE, 2",
    "BEFORE_LEDGER_WRITE, 3", "AFTER_LEDGER_WRITE, 3",
    "BEFORE_LEDGER_WRITE, 4", "AFTER_LEDGER_WRITE, 4"
  })
  void whoeverStopsForGoodAtALaterRecordIsReplaced(Failpoint place, int nth) throws Exception {
    Freezer freezer = startFrozen(place, nth);
    String batch = installation.seal(REQUESTS);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(freezer.isFrozen()).isTrue());

    var _ = submitters.start("one", FailpointListener.nowhere());

    assertEndsOnce(batch);
  }

  @ParameterizedTest
  @EnumSource(
      value = Failpoint.class,
      names = {"BEFORE_BURN", "AFTER_BURN"})
  void whoeverStopsForGoodInARecoveryIsReplaced(Failpoint place) throws Exception {
    SimulatorFaults.add(simulator, "{'match':{'call':'create_batch','nth':1},'do':{'cut':true}}");
    Freezer freezer = startFrozen(place, 1);
    String batch = installation.seal(REQUESTS);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(freezer.isFrozen()).isTrue());

    var _ = submitters.start("one", FailpointListener.nowhere());

    assertEndsOnce(batch);
  }

  @Test
  void whoeverWakesUpBeforeItsCreateDoesNoHarm() throws Exception {
    submitters.handOverWithin(Duration.ofSeconds(50));
    Freezer zombie = startFrozen(Failpoint.BEFORE_CREATE, 1);
    String batch = installation.seal(REQUESTS);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(zombie.isFrozen()).isTrue());
    var _ = submitters.start("one", FailpointListener.nowhere());
    assertEndsOnce(batch);

    zombie.thaw();

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(SimulatorFaults.get(simulator, "/_sim/ledger/summary"))
                    .contains("\"creates\":2"));
    assertEndsOnce(batch);
    assertThat(installation.jobs().get(batch).getState()).isEqualTo(JobStateName.ENDED);
  }

  @Test
  void whoeverHasLostItsPartitionRecordsNothingMore() throws Exception {
    Freezer zombie = startFrozen(Failpoint.AFTER_CREATE, 1);
    String batch = installation.seal(REQUESTS);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(zombie.isFrozen()).isTrue());
    var _ = submitters.start("one", FailpointListener.nowhere());
    assertEndsOnce(batch);
    int records = installation.history(batch).size();

    zombie.thaw();
    submitters.close();

    assertThat(installation.history(batch)).hasSize(records);
  }

  private void assertEndsOnce(String batch) throws Exception {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(installation.ends()).isNotEmpty());
    assertThat(installation.ends()).hasSize(1);
    JobEnded ended = installation.ends().getFirst();
    assertThat(ended.getBatchId()).isEqualTo(batch);
    assertThat(ended.getEnded()).isEqualTo(EndedAs.COMPLETED);
    assertThat(simulator.ledger().summary().linesExecuted()).isEqualTo(REQUESTS);
    assertThat(simulator.ledger().summary().bodiesBilledMoreThanOnce()).isZero();
  }
}
