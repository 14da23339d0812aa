package dev.offpeak.core.wait;

import java.time.Duration;

/** Tries one piece of work again and again. For one thread. */
public final class Retry {

  private final String work;
  private final Retries how;
  private final Sleeper sleeper;
  private int failed;

  /**
   * Something to try.
   *
   * @param <T> what it comes to
   * @param <X> what ends the tries
   */
  @FunctionalInterface
  public interface Attempt<T, X extends Exception> {

    /**
     * Tries once.
     *
     * @throws RetryLater when it must be tried again
     */
    T run() throws RetryLater, X, InterruptedException;
  }

  /**
   * For the tries of that work.
   *
   * @param work what it is, such as {@code batch 01JD…}
   * @param sleeper a {@link StopSignal} where somebody may tell it to stop
   */
  public Retry(String work, Retries how, Sleeper sleeper) {
    this.work = work;
    this.how = how;
    this.sleeper = sleeper;
  }

  /**
   * Tries until it works.
   *
   * @throws InterruptedException when told to stop
   */
  public <T, X extends Exception> T until(Attempt<T, X> attempt) throws X, InterruptedException {
    try {
      while (true) {
        RetryLater why;
        try {
          return attempt.run();
        } catch (RetryLater e) {
          why = e;
        }
        after(why);
      }
    } finally {
      how.listener().goesOn(work);
    }
  }

  /**
   * Waits after a try that failed.
   *
   * @throws InterruptedException when told to stop
   */
  public void after(RetryLater why) throws InterruptedException {
    Duration wait = how.backoff().delay(failed, how.random());
    Duration least = why.atLeast(how.backoff().longest());
    if (least.compareTo(wait) > 0) {
      wait = least;
    }
    failed++;
    how.listener().waits(work, why, failed, wait);
    sleeper.sleep(wait);
  }

  /** The work can be done now, though it may fail again, after as many tries as before. */
  public void goesOn() {
    how.listener().goesOn(work);
  }

  /** Some of the work was done: what fails next fails for the first time. */
  public void progressed() {
    failed = 0;
  }
}
