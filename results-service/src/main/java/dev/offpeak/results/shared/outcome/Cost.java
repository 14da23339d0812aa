package dev.offpeak.results.shared.outcome;

import dev.offpeak.core.price.Bill;
import dev.offpeak.core.price.PriceRow;
import dev.offpeak.core.price.ReportedUsage;
import dev.offpeak.core.price.Uplift;
import dev.offpeak.schemas.avro.UsageMode;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one answer cost. An answer is never lost because its bookkeeping is odd: it then goes
 * without a cost, and says why.
 *
 * @param bill what it is charged for
 * @param billed in 10^-12 USD
 * @param synchronous what it would have cost otherwise
 * @param problem why there is no cost; null when there is one
 */
record Cost(
    Bill bill, @Nullable Long billed, @Nullable Long synchronous, @Nullable String problem) {

  static final String NO_PRICE = "no_price";

  static Cost of(Optional<PriceRow> row, ReportedUsage usage, UsageMode mode, Uplift uplift) {
    if (!usage.isCertain()) {
      return new Cost(
          Bill.of(null, usage.tokens(), true, uplift),
          null,
          null,
          usage.standing().name().toLowerCase(Locale.ROOT));
    }
    try {
      Bill bill = Bill.of(row.orElse(null), usage.tokens(), mode == UsageMode.BATCH, uplift);
      Long billed = bill.cost();
      Long synchronous = bill.syncCost();
      String problem = row.isEmpty() ? NO_PRICE : null;
      return new Cost(bill, billed, synchronous, problem);
    } catch (ArithmeticException beyondAllMoney) {
      return new Cost(Bill.of(null, usage.tokens(), true, Uplift.NONE), null, null, "implausible");
    }
  }

  /** What results say of it: that a model has no price is seen by its missing cost. */
  @Nullable String usageProblem() {
    return NO_PRICE.equals(problem) ? null : problem;
  }
}
