package dev.offpeak.core.price;

/** What input that was read from the prompt cache costs within a batch (docs/providers D). */
public enum CachedInBatch {
  /** Half of its synchronous price: the discounts multiply. */
  HALF,
  /** Its full synchronous price. */
  AS_SYNC,
  /** As much as other input of the batch: no discount for the cache. */
  AS_INPUT;

  long of(Rates sync, long batchInput) {
    return switch (this) {
      case HALF -> Rates.half(sync.cachedInput());
      case AS_SYNC -> sync.cachedInput();
      case AS_INPUT -> batchInput;
    };
  }
}
