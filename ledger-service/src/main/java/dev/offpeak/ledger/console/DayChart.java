package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.at;
import static dev.offpeak.ledger.console.Markup.tag;

import dev.offpeak.ledger.report.UsageSum;
import dev.offpeak.ledger.report.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Spent and saved of each day of a time, as a picture; the table with it says the same. Days
 * without anything have their place, too, so that a lone one stands where it belongs.
 */
final class DayChart {

  private static final int HEIGHT = 1000;
  private static final int STEP = 20;
  private static final int WIDTH = 14;
  private static final int LINES = 4;
  private static final int MOST_DAYS = 92;
  private static final List<BigDecimal> ROUND =
      List.of(
          new BigDecimal("1"),
          new BigDecimal("2"),
          new BigDecimal("4"),
          new BigDecimal("6"),
          new BigDecimal("8"),
          new BigDecimal("10"));
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

  private DayChart() {}

  /** Of sums by day, from one day to another; the last three months of what is longer. */
  static Markup of(List<UsageSum> sums, LocalDate from, LocalDate to) {
    Map<LocalDate, UsageSum> byDay = new HashMap<>();
    sums.forEach(sum -> byDay.put(LocalDate.parse(sum.keys().getFirst()), sum));
    LocalDate first = from.isBefore(to.minusDays(MOST_DAYS)) ? to.minusDays(MOST_DAYS) : from;
    List<LocalDate> days = first.datesUntil(to.plusDays(1)).toList();
    BigDecimal most =
        days.stream()
            .map(day -> byDay.getOrDefault(day, UsageSum.NONE).syncCost())
            .reduce(BigDecimal.ZERO, BigDecimal::max);
    if (most.signum() == 0) {
      return Markup.NONE;
    }
    BigDecimal top = roundAbove(most);
    List<Markup> bars = new ArrayList<>();
    for (int line = 0; line <= LINES; line++) {
      int y = HEIGHT * line / LINES;
      bars.add(
          tag(
              "line",
              at("x1", 0),
              at("x2", days.size() * STEP),
              at("y1", y),
              at("y2", y),
              at("class", line == LINES ? "floor" : "grid")));
    }
    for (int i = 0; i < days.size(); i++) {
      UsageSum sum = byDay.get(days.get(i));
      if (sum != null) {
        bars.add(bar(days.get(i), sum, top, i * STEP + (STEP - WIDTH) / 2));
      }
    }
    return tag(
        "figure",
        at("class", "days"),
        legend(),
        tag("div", at("class", "plot"), scale(top), picture(days, bars), labels(days)));
  }

  private static Markup picture(List<LocalDate> days, List<Markup> bars) {
    return tag(
        "svg",
        at("viewBox", "0 0 " + days.size() * STEP + " " + HEIGHT),
        at("preserveAspectRatio", "none"),
        at("role", "img"),
        at("aria-label", "Spent and saved, day by day; the table has the numbers"),
        Markup.all(bars));
  }

  /** What the colours mean. */
  static Markup legend() {
    return tag(
        "figcaption",
        tag("span", at("class", "key spent"), "spent"),
        tag("span", at("class", "key saved"), "saved by batches"));
  }

  private static Markup scale(BigDecimal top) {
    List<Markup> lines = new ArrayList<>();
    for (int line = 0; line <= LINES; line += 2) {
      BigDecimal at =
          top.multiply(BigDecimal.valueOf(LINES - line))
              .divide(BigDecimal.valueOf(LINES), 12, RoundingMode.HALF_EVEN);
      lines.add(tag("span", Usd.shown(at).replaceFirst("\\.00$", "")));
    }
    return tag("div", at("class", "scale"), at("aria-hidden", "true"), Markup.all(lines));
  }

  private static Markup labels(List<LocalDate> days) {
    int last = days.size() - 1;
    List<Markup> labels = new ArrayList<>();
    List.of(0, last / 3, last * 2 / 3, last).stream()
        .distinct()
        .forEach(i -> labels.add(tag("span", DAY.format(days.get(i)))));
    return tag("div", at("class", "labels"), at("aria-hidden", "true"), Markup.all(labels));
  }

  private static Markup bar(LocalDate day, UsageSum sum, BigDecimal top, int x) {
    int spent = height(sum.cost(), top);
    int saved = height(sum.saved().max(BigDecimal.ZERO), top);
    return tag(
        "g",
        tag(
            "title",
            "%s: spent %s, saved %s"
                .formatted(DAY.format(day), Usd.shown(sum.cost()), Usd.shown(sum.saved()))),
        rect("spent", x, HEIGHT - spent, spent),
        rect("saved", x, HEIGHT - spent - saved, saved));
  }

  private static Markup rect(String look, int x, int y, int height) {
    return tag(
        "rect",
        at("class", look),
        at("x", x),
        at("y", y),
        at("width", WIDTH),
        at("height", height));
  }

  private static int height(BigDecimal part, BigDecimal top) {
    int height =
        part.multiply(BigDecimal.valueOf(HEIGHT))
            .divide(top, 0, RoundingMode.HALF_EVEN)
            .intValueExact();
    // Something is never drawn as nothing.
    return part.signum() > 0 ? Math.max(6, height) : height;
  }

  /** A round number that is not less, and can be halved. */
  static BigDecimal roundAbove(BigDecimal most) {
    BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(most.precision() - most.scale() - 1);
    return ROUND.stream()
        .map(power::multiply)
        .filter(round -> round.compareTo(most) >= 0)
        .findFirst()
        .orElseThrow();
  }
}
