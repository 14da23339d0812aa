package dev.offpeak.core.price;

import org.jspecify.annotations.Nullable;

/**
 * Prices of a batch that a price list gives by themselves, in 10^-12 USD a token. What it does not
 * give follows from the synchronous price.
 *
 * @param input null: half of the synchronous price
 * @param cachedInput null: by the rule of {@link CachedInBatch}
 * @param cacheWrite null: half of the synchronous price
 * @param output null: half of the synchronous price
 */
public record BatchRates(
    @Nullable Long input,
    @Nullable Long cachedInput,
    @Nullable Long cacheWrite,
    @Nullable Long output) {

  /** Nothing is given. */
  public static final BatchRates NONE = new BatchRates(null, null, null, null);

  /** Whether the list gives the price of input in a batch, so that none had to be derived. */
  public boolean isGiven() {
    return input != null;
  }
}
