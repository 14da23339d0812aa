package dev.offpeak.batcher;

import dev.offpeak.batcher.admit.DeadlinePolicy;
import dev.offpeak.runtime.config.Default;
import java.time.Duration;

/**
 * When batches are sealed and what is remembered.
 *
 * @param linger longest time that a request waits in an open batch
 * @param deadlineMargin time kept before a deadline besides the provider's window
 * @param deadlinePolicy what becomes of a request whose deadline is nearer than the provider's
 *     window
 * @param dedupWindow how long a custom id is remembered
 * @param maxAttempts executions of one request; llm.lanes must be kept long enough for all
 * @param checkEvery how often batches are looked at for linger, deadline and flush
 * @param flushQuiet a flush seals when nothing has come for so long, so that a backlog is not
 *     sealed in crumbs
 */
public record BatchingConfig(
    @Default("5m") Duration linger,
    @Default("5m") Duration deadlineMargin,
    @Default("fail") DeadlinePolicy deadlinePolicy,
    @Default("7d") Duration dedupWindow,
    @Default("3") int maxAttempts,
    @Default("250ms") Duration checkEvery,
    @Default("1s") Duration flushQuiet) {

  public BatchingConfig {
    notNegative("linger", linger);
    notNegative("deadline-margin", deadlineMargin);
    positive("dedup-window", dedupWindow);
    positive("check-every", checkEvery);
    notNegative("flush-quiet", flushQuiet);
    if (maxAttempts < 1) {
      throw new IllegalArgumentException(
          "max-attempts is " + maxAttempts + "; it must be at least 1");
    }
  }

  private static void positive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be positive");
    }
  }

  private static void notNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " is " + value + "; it must not be negative");
    }
  }
}
