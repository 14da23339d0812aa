package dev.offpeak.core.price;

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
   * @param cached the rule for cached input that has no explicit price
   */
  public static PricePair of(Rates sync, CachedInBatch cached, BatchRates given) {
    long input = given.input() == null ? Rates.half(sync.input()) : given.input();
    return new PricePair(
        sync,
        new Rates(
            input,
            given.cachedInput() == null ? cached.of(sync, input) : given.cachedInput(),
            given.cacheWrite() == null ? Rates.half(sync.cacheWrite()) : given.cacheWrite(),
            given.output() == null ? Rates.half(sync.output()) : given.output(),
            Rates.half(sync.longCacheWrite())));
  }
}
