package dev.offpeak.submitter.account;

import dev.offpeak.core.control.ControlState;
import dev.offpeak.core.job.Moment;
import dev.offpeak.core.job.Problem;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.wait.Backoff;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether an account may be called. When its provider says that the account can't be used all its
 * calls wait; one at a time is let through to see whether somebody has mended it.
 */
public final class AccountGate {

  /** Small calls of an account at a time: ten thousand jobs need no ten thousand connections. */
  private static final int CALLS_AT_A_TIME = 32;

  private final Semaphore slots = new Semaphore(CALLS_AT_A_TIME, true);
  private final String account;
  private final ControlState control;
  private final Backoff backoff;
  private @Nullable Problem problem;
  private Instant probeAt = Instant.EPOCH;
  private int probes;
  private @Nullable Instant refusedAt;
  private @Nullable Instant resumedAt;

  /**
   * Open until something stands against it.
   *
   * @param control knows whether an operator has paused the account
   */
  AccountGate(String account, ControlState control, Backoff backoff) {
    this.account = account;
    this.control = control;
    this.backoff = backoff;
  }

  /**
   * Lets a call through, or says when it is worth asking again.
   *
   * @param submits whether the call brings something new to the provider, which an operator may
   *     have forbidden
   * @return null when the call may be made
   */
  public synchronized @Nullable Instant heldUntil(boolean submits, Moment at) {
    tryAtOnceWhenResumed();
    if (submits && control.isPaused(account)) {
      return at.now().plus(backoff.longest());
    }
    if (problem == null) {
      return null;
    }
    if (at.now().isBefore(probeAt)) {
      return probeAt;
    }
    probeAt = next(at);
    return null;
  }

  /**
   * Makes a small call, when not too many are under way.
   *
   * @throws InterruptedException when interrupted before it is made
   */
  public <T> T call(Supplier<T> small) throws InterruptedException {
    slots.acquire();
    try {
      return small.get();
    } finally {
      slots.release();
    }
  }

  /** The provider says that the account can't be used. */
  public synchronized void refused(ProviderError why, Moment at) {
    problem = Problem.of(why);
    probes++;
    probeAt = next(at);
    refusedAt = at.now();
  }

  /** Whether the last call was refused since the account can't be used. */
  public synchronized boolean isRefused() {
    return problem != null;
  }

  /** When a call was refused so the last time; null when none ever was. */
  public synchronized @Nullable Instant refusedAt() {
    return refusedAt;
  }

  private Instant next(Moment at) {
    return at.now().plus(backoff.delay(Math.max(probes - 1, 0), at.chance()));
  }

  /** A call of the account has succeeded. */
  public synchronized void passed() {
    problem = null;
    probes = 0;
  }

  /** An operator who resumes a refused account wants it to be called without waiting longer. */
  private void tryAtOnceWhenResumed() {
    Instant last = control.resumedAt(account);
    if (last != null && !last.equals(resumedAt)) {
      resumedAt = last;
      probeAt = Instant.EPOCH;
      probes = 0;
    }
  }

  /** Why it is not called, or null when it is. */
  public synchronized @Nullable Problem problem() {
    return problem == null && control.isPaused(account)
        ? new Problem("paused", "an operator has paused the account")
        : problem;
  }
}
