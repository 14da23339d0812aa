package dev.offpeak.operations.replay;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.price.Price;
import dev.offpeak.core.price.PriceTable;
import dev.offpeak.core.price.TokenUsage;
import dev.offpeak.core.seal.TokenEstimate;
import dev.offpeak.schemas.request.RequestDecoding.Decoded;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How many requests a replay sends, by model, and what reading them will cost. */
final class ReplayCount {

  private static final int PICO = 12;

  private record Sum(long requests, long tokens, long cost, boolean priced) {

    static final Sum NONE = new Sum(0, 0, 0, true);

    Sum plus(long moreTokens, Optional<Price> price) {
      long more =
          price.map(known -> known.batchCost(new TokenUsage(moreTokens, 0, 0, 0, 0))).orElse(0L);
      return new Sum(requests + 1, tokens + moreTokens, cost + more, price.isPresent());
    }
  }

  private final Map<String, Sum> byModel = new TreeMap<>();
  private final PriceTable prices;
  private final LocalDate day;
  private long unreadable;

  /** Nothing counted yet; costs are by the prices of that day. */
  ReplayCount(PriceTable prices, LocalDate day) {
    this.prices = prices;
    this.day = day;
  }

  /** A request that is sent again, to that model. */
  void add(Decoded request, String model) {
    Provider provider = request.dialect();
    long tokens = TokenEstimate.ofBytes(request.bodyLength());
    byModel.merge(
        provider.id() + " " + model,
        Sum.NONE.plus(tokens, prices.find(provider, model, day)),
        (before, one) ->
            new Sum(
                before.requests() + one.requests(),
                before.tokens() + one.tokens(),
                before.cost() + one.cost(),
                one.priced()));
  }

  /** A record that is no request, and is left out. */
  void addUnreadable() {
    unreadable++;
  }

  /** All requests. */
  long requests() {
    return byModel.values().stream().mapToLong(Sum::requests).sum();
  }

  /** One line for each model. */
  String text() {
    StringBuilder text = new StringBuilder();
    byModel.forEach(
        (model, sum) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "  %-40s %,12d requests, about %,d input tokens, %s%n",
                    model,
                    sum.requests(),
                    sum.tokens(),
                    sum.priced()
                        ? "$" + usd(sum.cost()) + " for input (output comes on top)"
                        : "no price known")));
    if (unreadable > 0) {
      text.append(String.format(Locale.ROOT, "  %,d records left out: no requests%n", unreadable));
    }
    return text.toString();
  }

  private static String usd(long pico) {
    return BigDecimal.valueOf(pico, PICO).setScale(4, RoundingMode.HALF_UP).toPlainString();
  }
}
