package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.at;
import static dev.offpeak.ledger.console.Markup.tag;

import dev.offpeak.ledger.report.UsageSum;
import dev.offpeak.ledger.report.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Spent and saved side by side, as a picture; the table beside it says the same. */
final class Bars {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 160;
  private static final int FLOOR = 140;
  private static final int WIDEST = 60;

  private Bars() {}

  /** A bar for each sum, in their order, with the first of its keys below. */
  static Markup of(List<UsageSum> sums) {
    BigDecimal most =
        sums.stream().map(UsageSum::syncCost).reduce(BigDecimal.ZERO, BigDecimal::max);
    if (most.signum() == 0) {
      return Markup.NONE;
    }
    int step = Math.min(WIDEST, WIDTH / sums.size());
    List<Markup> parts = new ArrayList<>();
    for (int i = 0; i < sums.size(); i++) {
      parts.addAll(bar(sums.get(i), most, i * step, step));
    }
    return tag(
        "figure",
        tag(
            "svg",
            at("viewBox", "0 0 " + WIDTH + " " + HEIGHT),
            at("role", "img"),
            at("aria-label", "Spent and saved; the table has the numbers"),
            Markup.all(parts)),
        tag(
            "figcaption",
            tag("span", at("class", "key spent"), "spent"),
            tag("span", at("class", "key saved"), "saved")));
  }

  private static List<Markup> bar(UsageSum sum, BigDecimal most, int x, int step) {
    int spent = height(sum.cost(), most);
    int saved = height(sum.saved().max(BigDecimal.ZERO), most);
    String name = sum.keys().isEmpty() ? "" : sum.keys().getFirst();
    Markup title =
        tag(
            "title",
            name
                + ": spent "
                + Usd.exact(sum.cost())
                + ", saved "
                + Usd.exact(sum.saved())
                + " USD");
    return List.of(
        tag(
            "g",
            title,
            rect("spent", x, FLOOR - spent, step, spent),
            rect("saved", x, FLOOR - spent - saved, step, saved),
            tag(
                "text",
                at("x", x + step / 2),
                at("y", FLOOR + 14),
                at("text-anchor", "middle"),
                shortened(name, step))));
  }

  private static Markup rect(String look, int x, int y, int step, int height) {
    return tag(
        "rect",
        at("class", look),
        at("x", x + 1),
        at("y", y),
        at("width", Math.max(1, step - 3)),
        at("height", height));
  }

  /** A day is its day of the month where months are not wide enough. */
  private static String shortened(String name, int step) {
    if (name.matches("\\d{4}-\\d{2}-\\d{2}")) {
      return step < 40 ? name.substring(8) : name.substring(5);
    }
    int letters = Math.max(1, step / 7);
    return name.length() <= letters ? name : name.substring(0, letters - 1) + "…";
  }

  private static int height(BigDecimal part, BigDecimal most) {
    return part.multiply(BigDecimal.valueOf(FLOOR - 10))
        .divide(most, 0, RoundingMode.HALF_EVEN)
        .intValue();
  }
}
