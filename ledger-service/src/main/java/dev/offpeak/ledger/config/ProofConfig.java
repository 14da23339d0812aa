package dev.offpeak.ledger.config;

import dev.offpeak.runtime.config.Default;
import java.time.Duration;
import java.util.Map;

/**
 * Whether the providers' bills say what the ledger says.
 *
 * @param accounts by the name that they have in the other services; those that are not named are
 *     not asked
 * @param every how often they are asked
 * @param days how many of the last days are asked each time: bills are corrected late
 * @param settledAfter when a day is taken for completely reported
 */
public record ProofConfig(
    Map<String, BilledAccount> accounts,
    @Default("6h") Duration every,
    @Default("14") int days,
    @Default("48h") Duration settledAfter) {

  private static final int MOST_DAYS = 31;

  public ProofConfig {
    accounts = Map.copyOf(accounts);
    if (!every.isPositive()) {
      throw new IllegalArgumentException("every is " + every + "; it must be positive");
    }
    if (days < 1 || days > MOST_DAYS) {
      throw new IllegalArgumentException("days is " + days + "; it must be 1 to " + MOST_DAYS);
    }
  }
}
