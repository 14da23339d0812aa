package dev.offpeak.simulator.billing;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What was used and is charged for together.
 *
 * @param minute when, in simulated milliseconds, to the minute
 * @param owner the organisation that pays: the project or workspace of the reports
 * @param key the name of the key that it was asked with
 * @param tokens by {@link Meter}
 * @param factor by which its price is wrong
 */
record Charge(
    long minute,
    String provider,
    String owner,
    String key,
    String model,
    boolean batch,
    long requests,
    Tokens tokens,
    BigDecimal factor) {

  /** Tokens by meter. */
  record Tokens(long input, long cached, long written, long output) {
    static final Tokens NONE = new Tokens(0, 0, 0, 0);

    long of(Meter meter) {
      return switch (meter) {
        case INPUT -> input;
        case CACHED_INPUT -> cached;
        case CACHE_WRITE -> written;
        case OUTPUT -> output;
      };
    }

    Tokens plus(Tokens more) {
      return new Tokens(
          input + more.input, cached + more.cached, written + more.written, output + more.output);
    }
  }

  boolean isEmbedding() {
    return model.startsWith("text-embedding");
  }

  /** What these tokens cost, in USD. */
  BigDecimal usd(SimulatedPrices prices, Meter meter) {
    return prices
        .perMillion(model, batch, meter)
        .multiply(factor)
        .multiply(BigDecimal.valueOf(tokens.of(meter)), MathContext.UNLIMITED)
        .movePointLeft(6);
  }
}
