package dev.offpeak.ingest.budget;

import dev.offpeak.ingest.auth.Budget;
import java.time.Instant;

/**
 * Why something was not admitted.
 *
 * @param budget that does not suffice
 * @param spent of it, in 10^-12 USD
 * @param held of it for what is not billed yet
 * @param asked what would have been set aside
 * @param until when its window ends
 */
public record Shortfall(Budget budget, long spent, long held, long asked, Instant until) {

  /** What is left of it; not below zero. */
  public long left() {
    return Math.max(0, budget.limit() - spent - held);
  }
}
