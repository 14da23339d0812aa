package dev.offpeak.core.price;

import org.jspecify.annotations.Nullable;

/**
 * So many units of one meter.
 *
 * @param unit what one was billed, in 10^-12 USD; null when it has no price
 * @param syncUnit what one costs synchronously; null exactly when the other is
 */
public record Charge(Meter meter, long quantity, @Nullable Long unit, @Nullable Long syncUnit) {

  public Charge {
    if (quantity < 0 || (unit == null) != (syncUnit == null)) {
      throw new IllegalArgumentException(
          "a charge of " + quantity + " " + meter + " at " + unit + " and " + syncUnit);
    }
  }

  /** What all units were billed; null without a price. */
  public @Nullable Long cost() {
    return unit == null ? null : Long.valueOf(Math.multiplyExact(quantity, unit));
  }

  /** What all units would have cost synchronously; null without a price. */
  public @Nullable Long syncCost() {
    return syncUnit == null ? null : Long.valueOf(Math.multiplyExact(quantity, syncUnit));
  }

  /** The same with units of another charge that has the same prices. */
  public Charge plus(Charge other) {
    return new Charge(meter, Math.addExact(quantity, other.quantity), unit, syncUnit);
  }
}
