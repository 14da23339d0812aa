package dev.offpeak.batcher.run;

import dev.offpeak.core.wait.Backoff;
import dev.offpeak.core.wait.StopSignal;
import dev.offpeak.runtime.health.CheckResult;
import dev.offpeak.runtime.health.HealthCheck;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a stream thread dies: it is replaced after a while that grows with each death,
 * and health says why. Its work is redone from the last commit, so nothing is lost or doubled; what
 * fails for good (say, a registry that stays away) is tried until it succeeds or someone acts.
 */
public final class ThreadFailures implements StreamsUncaughtExceptionHandler, HealthCheck {

  private static final Logger LOGGER = LoggerFactory.getLogger(ThreadFailures.class);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  /** A thread that has lived so long since is taken to be well. */
  private static final Duration FORGIVEN = Duration.ofMinutes(2);

  private final Clock clock;
  private final StopSignal stop;
  private final RandomGenerator random;
  private int deaths;
  private @Nullable Instant last;
  private String reason = "";
  private @Nullable String refusal;

  /** Waits between deaths until it is told to stop. */
  public ThreadFailures(Clock clock, StopSignal stop, RandomGenerator random) {
    this.clock = clock;
    this.stop = stop;
    this.random = random;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable failure) {
    Duration wait = BACKOFF.delay(count(failure), random);
    LOGGER
        .atError()
        .setCause(failure)
        .addKeyValue("replacedAfter", wait)
        .log("a stream thread failed; its work is redone from the last commit");
    try {
      stop.sleep(wait);
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    } catch (InterruptedException e) {
      if (!stop.isStopped()) {
        Thread.currentThread().interrupt();
      }
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
  }

  /** How many deaths came shortly before this one. */
  private synchronized int count(Throwable failure) {
    Instant now = clock.instant();
    deaths = last != null && now.isBefore(last.plus(FORGIVEN)) ? deaths + 1 : 0;
    last = now;
    reason = refusal == null ? root(failure) : refusal;
    refusal = null;
    return deaths;
  }

  /**
   * A topic refuses a record, of which the thread that sent it will die.
   *
   * @param words what an operator must do
   */
  synchronized void refused(String words) {
    LOGGER.atError().addKeyValue("reason", words).log("a topic refuses a record");
    refusal = words;
  }

  @Override
  public synchronized CheckResult check() {
    boolean recent = last != null && clock.instant().isBefore(last.plus(FORGIVEN));
    return CheckResult.okIf(!recent, "a stream thread failed at " + last + ": " + reason);
  }

  private static String root(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString();
  }
}
