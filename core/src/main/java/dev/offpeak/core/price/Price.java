package dev.offpeak.core.price;

import org.jspecify.annotations.Nullable;

/**
 * What a model costs. Some models cost more for the whole request when its input is long, so costs
 * are of one request at a time.
 *
 * @param usual of requests that are not long
 * @param longFrom input tokens above which a request is long; {@link Long#MAX_VALUE} for never
 * @param longer of long requests; null when there is no such price
 */
public record Price(PricePair usual, long longFrom, @Nullable PricePair longer) {

  /** A price that does not depend on the length. */
  public static Price of(PricePair pair) {
    return new Price(pair, Long.MAX_VALUE, null);
  }

  /** What one request cost in a batch, in 10^-12 USD. */
  public long batchCost(TokenUsage request) {
    return pair(request).batch().cost(request);
  }

  /** What the same request would have cost synchronously, in 10^-12 USD. */
  public long syncCost(TokenUsage request) {
    return pair(request).sync().cost(request);
  }

  /** Whether a request is so long that it has other prices. */
  public boolean isLong(TokenUsage request) {
    return longer != null && request.input() > longFrom;
  }

  PricePair pair(TokenUsage request) {
    return longer != null && isLong(request) ? longer : usual;
  }
}
