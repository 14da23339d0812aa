package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.at;
import static dev.offpeak.ledger.console.Markup.tag;

import dev.offpeak.ledger.report.UsageSum;
import dev.offpeak.ledger.report.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;

/** Bars that lie: what each of some names spent and saved, beside its name and its amount. */
final class Shares {

  private static final int WIDTH = 1000;
  private static final int HEIGHT = 10;

  private Shares() {}

  /**
   * A row for each sum, in their order.
   *
   * @param link where a name leads; empty is nowhere
   */
  static Markup of(List<UsageSum> sums, Function<String, String> link) {
    BigDecimal most =
        sums.stream().map(UsageSum::syncCost).reduce(BigDecimal.ZERO, BigDecimal::max);
    if (most.signum() == 0) {
      return Markup.NONE;
    }
    return tag(
        "figure",
        at("class", "shares"),
        DayChart.legend(),
        tag("p", at("class", "right"), "saved"),
        tag("ul", Markup.all(sums.stream().map(sum -> row(sum, most, link)).toList())));
  }

  private static Markup row(UsageSum sum, BigDecimal most, Function<String, String> link) {
    String name = sum.keys().getFirst();
    String target = link.apply(name);
    return tag(
        "li",
        tag(
            "span",
            at("class", "name"),
            target.isEmpty() || name.isEmpty()
                ? Words.name(name)
                : tag("a", at("href", target), name)),
        bar(sum.cost(), sum.saved().max(BigDecimal.ZERO), most),
        tag(
            "span",
            at("class", "number"),
            at("title", "saved " + Usd.exact(sum.saved()) + " USD"),
            Words.money(sum, sum.saved())));
  }

  /** One bar of two parts, as long as both are of the most. */
  static Markup bar(BigDecimal spent, BigDecimal saved, BigDecimal most) {
    int first = width(spent, most);
    return tag(
        "svg",
        at("viewBox", "0 0 " + WIDTH + " " + HEIGHT),
        at("preserveAspectRatio", "none"),
        at("aria-hidden", "true"),
        rect("spent", 0, first),
        rect("saved", first, width(saved, most)));
  }

  private static Markup rect(String look, int x, int width) {
    return tag(
        "rect",
        at("class", look),
        at("x", x),
        at("y", 0),
        at("width", width),
        at("height", HEIGHT));
  }

  private static int width(BigDecimal part, BigDecimal most) {
    return most.signum() == 0
        ? 0
        : part.multiply(BigDecimal.valueOf(WIDTH))
            .divide(most, 0, RoundingMode.HALF_EVEN)
            .intValueExact();
  }
}
