package dev.offpeak.ledger.config;

import dev.offpeak.runtime.config.Default;
import java.time.Duration;

/**
 * What is kept of single requests; sums of money never depend on it.
 *
 * @param kept which
 * @param retention how long
 */
public record OutcomesConfig(@Default("all") Kept kept, @Default("30d") Duration retention) {

  /** Which requests are kept. */
  public enum Kept {
    /** Each with its outcome. */
    ALL,
    /** Those that failed. */
    FAILURES,
    /** None: there is no search by custom id then. */
    NONE
  }

  public OutcomesConfig {
    if (!retention.isPositive()) {
      throw new IllegalArgumentException("retention is " + retention + "; it must be positive");
    }
  }
}
