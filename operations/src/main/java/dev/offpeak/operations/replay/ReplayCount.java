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

/** How many requests a replay sends, by model, what reading them will cost, and what it leaves. */
final class ReplayCount {

  private static final int PICO = 12;
  private static final int REASONS = 10;

  private record Sum(long requests, long tokens, long cost, boolean priced) {

    static final Sum NONE = new Sum(0, 0, 0, true);

    Sum plus(long moreTokens, Optional<Price> price) {
      long more =
          price.map(known -> known.batchCost(new TokenUsage(moreTokens, 0, 0, 0, 0))).orElse(0L);
      return new Sum(requests + 1, tokens + moreTokens, cost + more, price.isPresent());
    }
  }

  private final Map<String, Sum> byModel = new TreeMap<>();
  private final Map<String, Long> unsendable = new TreeMap<>();
  private final SeenNames names = new SeenNames();
  private final PriceTable prices;
  private final LocalDate day;
  private long unreadable;
  private long replayed;
  private long repeated;
  private long sentBefore;
  private long passedOver;
  private long otherCode;

  /** Nothing counted yet; costs are by the prices of that day. */
  ReplayCount(PriceTable prices, LocalDate day) {
    this.prices = prices;
    this.day = day;
  }

  /** A request that is sent again, as it is sent. */
  void add(Decoded request) {
    Provider provider = request.shape().home();
    String model = request.model();
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

  /** A record that a replay has written itself: its original is meant, not it. */
  void addReplayed() {
    replayed++;
  }

  /** A request that stands there more than once. */
  void addRepeated() {
    repeated++;
  }

  /** A request that was sent under the same replay id before. */
  void addSentBefore() {
    sentBefore++;
  }

  /** A request that can't be executed in the way that is wished for. */
  void addUnsendable(String reason) {
    unsendable.merge(unsendable.size() < REASONS ? reason : "other reasons", 1L, Long::sum);
  }

  /** A failure with another code. */
  void addOtherCode() {
    otherCode++;
  }

  /** A request that is not chosen. */
  void passOver(Decoded request) {
    passedOver++;
    meet(SeenNames.Kind.TENANT, request.tenant());
    meet(SeenNames.Kind.MODEL, request.model());
    request.labels().forEach((name, value) -> meet(SeenNames.Kind.LABEL, name + "=" + value));
  }

  /** Takes note of a name that could be asked for. */
  void meet(SeenNames.Kind kind, String name) {
    names.meet(kind, name);
  }

  /** All that are sent. */
  long requests() {
    return byModel.values().stream().mapToLong(Sum::requests).sum();
  }

  /** Those that the same replay has sent before. */
  long sentBefore() {
    return sentBefore;
  }

  /** Whether no request was meant at all. */
  boolean isInVain() {
    return requests() + sentBefore == 0;
  }

  /** What there is instead of what was asked for. */
  String instead() {
    String met = names.text();
    return String.format(
        Locale.ROOT,
        "%,d other request(s) and %,d failure(s) with other codes were looked at%s",
        passedOver,
        otherCode,
        met.isEmpty() ? "" : ": " + met);
  }

  /** One line for each model, and for each reason to leave something out. */
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
    leftOut(text, unreadable, "no requests");
    leftOut(text, replayed, "written by a replay; their originals count");
    leftOut(text, repeated, "the same request as another");
    unsendable.forEach((reason, number) -> leftOut(text, number, reason));
    return text.toString();
  }

  private static void leftOut(StringBuilder text, long number, String reason) {
    if (number > 0) {
      text.append(String.format(Locale.ROOT, "  %,d records left out: %s%n", number, reason));
    }
  }

  private static String usd(long pico) {
    return BigDecimal.valueOf(pico, PICO).setScale(4, RoundingMode.HALF_UP).toPlainString();
  }
}
