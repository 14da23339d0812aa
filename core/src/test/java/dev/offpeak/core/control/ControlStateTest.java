package dev.offpeak.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.control.ControlCommand.CancelBatches;
import dev.offpeak.core.control.ControlCommand.CancelRequests;
import dev.offpeak.core.control.ControlCommand.Flush;
import dev.offpeak.core.control.ControlCommand.Notice;
import dev.offpeak.core.control.ControlCommand.Pause;
import dev.offpeak.core.control.ControlCommand.Resume;
import dev.offpeak.core.control.ControlCommand.Settle;
import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Provider;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ControlStateTest {

  private static final Instant T = Instant.parse("2026-11-24T12:00:00Z");
  private static final Lane LANE = Lane.of(Provider.OPENAI, "main", "/v1/responses", "gpt");

  private final ControlState state = new ControlState();

  private void given(ControlCommand command) {
    assertThat(state.apply(command)).isTrue();
  }

  private static BatchFilter batches(
      @Nullable String batchId, @Nullable String lane, @Nullable String account) {
    return new BatchFilter(batchId, lane, account);
  }

  private @Nullable Instant batchCancelledAt(String id, Instant sealedAt) {
    return state.cancelledAt(id, LANE, sealedAt);
  }

  @Test
  void theLaterOfPauseAndResumeHolds() {
    assertThat(state.isPaused("main")).isFalse();

    given(new Pause("main", T));
    assertThat(state.isPaused("main")).isTrue();
    assertThat(state.isPaused("other")).isFalse();

    given(new Resume("main", T.plusSeconds(1)));
    assertThat(state.isPaused("main")).isFalse();

    assertThat(state.apply(new Pause("main", T))).as("an older one that is read again").isFalse();
    assertThat(state.isPaused("main")).isFalse();
  }

  @Test
  void withoutAnAccountAllAreMeant() {
    given(new Pause(null, T));
    assertThat(state.isPaused("main")).isTrue();

    given(new Resume("main", T.plusSeconds(1)));
    assertThat(state.isPaused("main")).isFalse();
    assertThat(state.isPaused("other")).isTrue();
  }

  @Test
  void aPausedAccountIsAvoidedUntilItIsResumedAndARefusedOneUntilItsNoticeEnds() {
    assertThat(state.avoidedUntil("main")).isNull();

    given(new Notice("main", T.plusSeconds(900), T));
    assertThat(state.avoidedUntil("main")).isEqualTo(T.plusSeconds(900));
    given(new Pause("main", T.plusSeconds(1)));
    assertThat(state.avoidedUntil("main")).isEqualTo(Instant.MAX);

    given(new Resume("main", T.plusSeconds(2)));
    assertThat(state.avoidedUntil("main")).as("a resume ends both").isNull();

    given(new Notice("main", T.plusSeconds(900), T.plusSeconds(3)));
    given(new Notice("main", null, T.plusSeconds(4)));
    assertThat(state.avoidedUntil("main")).as("usable again").isNull();
  }

  @Test
  void aLaneIsFlushedAloneWithItsAccountOrWithAll() {
    assertThat(state.flushedAt(LANE)).isNull();

    given(new Flush(batches(null, null, "other"), T));
    given(new Flush(batches(null, LANE.id() + "x", null), T));
    assertThat(state.flushedAt(LANE)).isNull();

    given(new Flush(BatchFilter.ALL, T));
    assertThat(state.flushedAt(LANE)).isEqualTo(T);
    given(new Flush(batches(null, null, "main"), T.plusSeconds(1)));
    assertThat(state.flushedAt(LANE)).isEqualTo(T.plusSeconds(1));
    given(new Flush(batches(null, LANE.id(), null), T.plusSeconds(2)));
    assertThat(state.flushedAt(LANE)).isEqualTo(T.plusSeconds(2));
  }

  @Test
  void oneBatchIsCancelled() {
    given(new CancelBatches(batches("B1", null, null), T));

    assertThat(batchCancelledAt("B1", T.minusSeconds(1))).isEqualTo(T);
    assertThat(batchCancelledAt("B2", T.minusSeconds(1))).isNull();
  }

  @Test
  void allThatWasSealedBeforeIsCancelledAndNothingAfter() {
    given(new CancelBatches(BatchFilter.ALL, T));

    assertThat(batchCancelledAt("B1", T.minusSeconds(1))).isEqualTo(T);
    assertThat(batchCancelledAt("B1", T)).isEqualTo(T);
    assertThat(batchCancelledAt("B2", T.plusMillis(1))).isNull();
  }

  @Test
  void batchesAreToldByAccountAndLane() {
    given(new CancelBatches(batches(null, null, "other"), T));
    given(new CancelBatches(batches(null, "openai|other|/v1/responses|gpt", null), T));
    given(new CancelBatches(batches(null, "another", "main"), T));
    assertThat(batchCancelledAt("B1", T)).isNull();

    given(new CancelBatches(batches(null, LANE.id(), "main"), T));
    assertThat(batchCancelledAt("B1", T)).isEqualTo(T);
  }

  @Test
  void aCancelOfRequestsIsNotAboutBatches() {
    given(new CancelRequests("acme", null, null, T));
    given(new CancelRequests("default", null, "a", T));

    assertThat(batchCancelledAt("B1", T)).isNull();
    assertThat(state.requestCancels()).hasSize(2);
  }

  @Test
  void aCustomIdIsCancelledInItsTenant() {
    given(new CancelRequests("acme", null, "a", T));

    assertThat(state.cancelledAt("acme", "", "a", T)).isEqualTo(T);
    assertThat(state.cancelledAt("acme", "", "b", T)).isNull();
    assertThat(state.cancelledAt("default", "", "a", T)).isNull();
  }

  @Test
  void aTenantIsCancelledUpToTheMomentOfTheCommand() {
    given(new CancelRequests("acme", null, null, T));

    assertThat(state.cancelledAt("acme", "", "a", T)).isEqualTo(T);
    assertThat(state.cancelledAt("acme", "", "a", T.plusMillis(1))).isNull();
    assertThat(state.cancelledAt("default", "", "a", T)).isNull();
  }

  @Test
  void aSettlementIsAboutADoubtThatIsOlder() {
    given(new Settle("B1", "job", T));

    assertThat(state.settlement("B1", T.minusMillis(1))).contains(new Settlement("job", T));
    assertThat(state.settlement("B1", T)).isEmpty();
    assertThat(state.settlement("B2", T.minusMillis(1))).isEmpty();
  }

  @Test
  void ofTwoSettlementsTheLaterCountsAndOfTwoAtOnceTheOneThatNamesAJob() {
    given(new Settle("B1", "job", T));
    given(new Settle("B1", null, T.plusSeconds(1)));
    assertThat(state.settlement("B1", T)).contains(new Settlement(null, T.plusSeconds(1)));

    given(new Settle("B1", "job", T.plusSeconds(1)));
    assertThat(state.settlement("B1", T)).contains(new Settlement("job", T.plusSeconds(1)));
  }

  @Test
  void whatWasAskedForLongAgoIsForgotten() {
    given(new CancelBatches(BatchFilter.ALL, T));
    given(new CancelRequests("acme", null, null, T));
    given(new Settle("B1", null, T));

    given(new CancelBatches(batches("B2", null, null), T.plusSeconds(200_000)));

    assertThat(batchCancelledAt("B1", T.minusSeconds(1))).isNull();
    assertThat(state.cancelledAt("acme", "", "a", T)).isNull();
    assertThat(state.settlement("B1", T.minusSeconds(1))).isEmpty();
    assertThat(state.apply(new CancelRequests("acme", null, null, T))).isFalse();
  }

  @Test
  void whatIsNotTooOldIsKeptThroughTheSweeps() {
    Duration step = Duration.ofMinutes(1);
    int days = 3 * 24 * 60;
    for (int i = 0; i < days; i++) {
      given(new CancelRequests("acme", null, "id-" + i, T.plus(step.multipliedBy(i))));
    }

    assertThat(state.requestCancels()).hasSize(2 * 24 * 60 + 1);
    assertThat(state.cancelledAt("acme", "", "id-" + (days - 1), T)).isNotNull();
    assertThat(state.cancelledAt("acme", "", "id-" + (days - 1 - 2 * 24 * 60), T)).isNotNull();
    assertThat(state.cancelledAt("acme", "", "id-" + (days - 2 - 2 * 24 * 60), T)).isNull();
  }

  @Test
  void eachCommandIsAboutSomethingThatCanBeSaid() {
    assertThat(new Flush(BatchFilter.ALL, T).subject()).isEqualTo("everything");
    assertThat(new Pause(null, T).subject()).isEqualTo("everything");
    assertThat(new Resume("main", T).subject()).isEqualTo("account main");
    assertThat(new Notice("main", T, T).subject()).isEqualTo("account main");
    assertThat(new Flush(batches(null, "l", null), T).subject()).isEqualTo("lane l");
    assertThat(new CancelBatches(batches("B1", "l", "a"), T).subject()).isEqualTo("batch B1");
    assertThat(new Settle("B1", null, T).subject()).isEqualTo("batch B1");
    assertThat(new CancelRequests("acme", "r", null, T).subject())
        .isEqualTo("replay r of tenant acme");
    assertThat(new CancelRequests("acme", null, null, T).subject()).isEqualTo("tenant acme");
    assertThat(new CancelRequests("acme", null, "a", T).subject())
        .isEqualTo("request a of tenant acme");
  }
}
