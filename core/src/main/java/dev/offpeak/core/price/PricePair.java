package dev.offpeak.core.price;

import org.jspecify.annotations.Nullable;

/**
 * The price of the same tokens both ways.
 *
 * @param sync in a synchronous call
 * @param batch in a batch
 */
public record PricePair(Rates sync, Rates batch) {

  /**
   * A pair whose batch price is the explicit one where there is one, else half of the synchronous.
   *
   * @param batchInput explicit price of input in a batch, or null
   * @param batchOutput explicit price of output in a batch, or null
   */
  public static PricePair of(
      Rates sync, CachedInBatch cached, @Nullable Long batchInput, @Nullable Long batchOutput) {
    long input = batchInput == null ? Rates.half(sync.input()) : batchInput;
    long output = batchOutput == null ? Rates.half(sync.output()) : batchOutput;
    return new PricePair(
        sync,
        new Rates(
            input,
            cached.of(sync, input),
            Rates.half(sync.cacheWrite()),
            output,
            Rates.half(sync.longCacheWrite())));
  }
}
