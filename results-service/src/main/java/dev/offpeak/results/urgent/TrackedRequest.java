package dev.offpeak.results.urgent;

import dev.offpeak.core.outcome.Trouble;
import dev.offpeak.core.outcome.Troubles;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One urgent request that a worker has, and where it stands. Not thread-safe. */
final class TrackedRequest {

  /** Where a request stands. */
  enum Stage {
    /** To be tried as soon as there is room. */
    WAITING,

    /** It was turned down, and waits for its next try. */
    RESTING,

    /** Somebody is at it: the provider, or whoever makes its failure. */
    TRYING,

    /** It has an outcome that is not committed. */
    SETTLED
  }

  private final UrgentRequest request;
  private Stage stage = Stage.WAITING;
  private boolean intended;
  private @Nullable Trouble trouble;
  private CallResult.@Nullable TurnedDown last;
  private CallResult.@Nullable Settled outcome;
  private int tries;

  /**
   * A request that was not looked at yet.
   *
   * @param inDoubt an earlier owner of the partition may have called it
   */
  TrackedRequest(UrgentRequest request, boolean inDoubt) {
    this.request = request;
    this.intended = inDoubt;
    if (inDoubt) {
      trouble = Troubles.ofSyncDoubt("the service ended while it called the provider");
    }
  }

  UrgentRequest request() {
    return request;
  }

  Stage stage() {
    return stage;
  }

  /** Whether Kafka says that it is, or may be, about to be called. */
  boolean isIntended() {
    return intended;
  }

  /** Whether that is to be taken back: it waits, and is known not to be executed. */
  boolean isIntendedInVain() {
    boolean waits = stage == Stage.WAITING || stage == Stage.RESTING;
    return intended && waits && (trouble == null || last != null);
  }

  /** Times that it was turned down. */
  int tries() {
    return tries;
  }

  /** Why it fails without being called (again); null when it may be called. */
  @Nullable Trouble trouble(Instant now) {
    if (trouble == null && !request.deadline().isAfter(now)) {
      trouble = tooLate();
    }
    return trouble;
  }

  private Trouble tooLate() {
    return last == null
        ? Troubles.ofPassedDeadline(request.deadline())
        : Troubles.ofSyncRefused(last.code(), last.message(), request.deadline());
  }

  /** Its outcome, once it is settled. */
  CallResult.Settled outcome() {
    if (outcome == null) {
      throw new IllegalStateException("the request at " + request.offset() + " is not settled");
    }
    return outcome;
  }

  void intended(boolean now) {
    intended = now;
  }

  void trying() {
    stage = Stage.TRYING;
  }

  /** It has rested. */
  void waiting() {
    stage = Stage.WAITING;
  }

  /** It was not executed, and rests until it is tried again. */
  void turnedDown(CallResult.TurnedDown why) {
    last = why;
    tries++;
    stage = Stage.RESTING;
  }

  /** It was not executed, and there is no time for another try. */
  void turnedDownForGood(CallResult.TurnedDown why) {
    last = why;
    trouble = tooLate();
    stage = Stage.WAITING;
  }

  void settled(CallResult.Settled with) {
    outcome = with;
    stage = Stage.SETTLED;
  }
}
