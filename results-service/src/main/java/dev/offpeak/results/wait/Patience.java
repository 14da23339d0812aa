package dev.offpeak.results.wait;

import dev.offpeak.runtime.time.Sleeper;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits between the tries of one piece of work, and says why. */
public final class Patience {

  private static final Logger LOGGER = LoggerFactory.getLogger(Patience.class);

  private final String work;
  private final Retries retries;
  private final Sleeper sleeper;

  /**
   * For the tries of that work.
   *
   * @param work what it is, such as {@code batch 01JD…}
   */
  public Patience(String work, Retries retries, Sleeper sleeper) {
    this.work = work;
    this.retries = retries;
    this.sleeper = sleeper;
  }

  /**
   * Waits after a try that failed.
   *
   * @param retry 0 after the first failure
   * @throws InterruptedException when told to stop
   */
  public void after(int retry, NotYet problem) throws InterruptedException {
    Duration wait = retries.backoff().delay(retry, retries.random());
    Duration least = problem.atLeast(retries.backoff().longest());
    if (least.compareTo(wait) > 0) {
      wait = least;
    }
    retries.obstacles().report(work, problem.reason(), problem.atMost());
    LOGGER
        .atWarn()
        .setCause(problem.getCause())
        .addKeyValue("work", work)
        .addKeyValue("reason", problem.reason())
        .addKeyValue("tries", retry + 1)
        .addKeyValue("wait", wait)
        .log("waiting");
    sleeper.sleep(wait);
  }

  /** A try succeeded, or was given up. */
  public void over() {
    retries.obstacles().clear(work);
  }
}
