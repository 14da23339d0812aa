package dev.offpeak.results.shared.outcome;

import dev.offpeak.core.price.Price;
import dev.offpeak.core.price.ReportedUsage;
import dev.offpeak.schemas.avro.UsageMode;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one answer cost. An answer is never lost because its bookkeeping is odd: it then goes
 * without a cost, and says why.
 *
 * @param billed in 10^-12 USD
 * @param synchronous what it would have cost otherwise
 * @param problem of the usage that was reported; null when there is none
 */
record Cost(@Nullable Long billed, @Nullable Long synchronous, @Nullable String problem) {

  static Cost of(Optional<Price> price, ReportedUsage usage, UsageMode mode) {
    if (!usage.isCertain()) {
      return new Cost(null, null, usage.standing().name().toLowerCase(Locale.ROOT));
    }
    if (price.isEmpty()) {
      return new Cost(null, null, null);
    }
    try {
      long sync = price.get().syncCost(usage.tokens());
      long billed = mode == UsageMode.SYNC ? sync : price.get().batchCost(usage.tokens());
      return new Cost(billed, sync, null);
    } catch (ArithmeticException beyondAllMoney) {
      return new Cost(null, null, "implausible");
    }
  }
}
