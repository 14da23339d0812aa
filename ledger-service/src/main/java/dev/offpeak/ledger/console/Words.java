package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.at;
import static dev.offpeak.ledger.console.Markup.tag;

import dev.offpeak.ledger.follow.Standing;
import dev.offpeak.ledger.report.UsageSum;
import dev.offpeak.ledger.report.Usd;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers, money and times as a person reads them. */
final class Words {

  private Words() {}

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String number(BigInteger number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** An amount, with every digit in its title. */
  static Markup money(BigDecimal usd) {
    return tag("span", at("class", "money"), at("title", Usd.exact(usd) + " USD"), Usd.shown(usd));
  }

  /** An amount that may be none. */
  static Markup money(@Nullable BigDecimal usd, String otherwise) {
    return usd == null ? tag("span", at("class", "faint"), otherwise) : money(usd);
  }

  /** An amount of a sum, of which a part may have no price. */
  static Markup money(UsageSum sum, BigDecimal usd) {
    if (sum.requests().signum() > 0 && sum.requests().equals(sum.unpricedRequests())) {
      return tag("span", at("class", "warn"), "unpriced");
    }
    return sum.isPartlyUnpriced()
        ? tag(
            "span",
            money(usd),
            tag("span", at("class", "star"), at("title", "a part has no price"), "*"))
        : money(usd);
  }

  /** A moment, exact in its title. */
  static Markup time(@Nullable Instant time) {
    if (time == null) {
      return tag("span", at("class", "faint"), "–");
    }
    Instant seconds = time.truncatedTo(ChronoUnit.SECONDS);
    String text = seconds.toString().replace('T', ' ').replace("Z", "");
    return tag("time", at("datetime", time), at("title", time + " UTC"), text);
  }

  static String age(Duration age) {
    if (age.isNegative()) {
      return "0s";
    }
    return age.toDays() > 0
        ? age.toDays() + "d " + age.toHoursPart() + "h"
        : age.toHours() > 0
            ? age.toHours() + "h " + age.toMinutesPart() + "m"
            : age.toMinutes() > 0
                ? age.toMinutes() + "m " + age.toSecondsPart() + "s"
                : age.toSeconds() + "s";
  }

  /** A name that may be empty. */
  static Markup name(@Nullable String name) {
    return name == null || name.isEmpty()
        ? tag("span", at("class", "faint"), "(none)")
        : Markup.text(name);
  }

  /** How fresh the ledger is. */
  static String of(Standing standing, Instant now) {
    if (standing.problem() != null) {
      return "The ledger does not go on: " + standing.problem();
    }
    return standing.behind() == 0
        ? "The ledger is up to date."
        : "The ledger is "
            + number(standing.behind())
            + " records behind"
            + (standing.upToDate() == null
                ? "."
                : ", " + age(Duration.between(standing.upToDate(), now)) + ".");
  }

  /** An empty page says what fills it. */
  static Markup empty(String what, String command) {
    return tag("div", at("class", "empty"), tag("p", what), command(command));
  }

  /** A command, and a button that copies it. */
  static Markup command(String command) {
    return tag("pre", at("class", "command"), at("tabindex", "0"), tag("code", command));
  }

  /** A table with those heads; a head that begins with # is of a column of numbers. */
  static Markup table(List<String> heads, List<Markup> rows) {
    List<Markup> cells =
        heads.stream()
            .map(
                head ->
                    head.startsWith("#")
                        ? tag("th", at("class", "number"), at("scope", "col"), head.substring(1))
                        : tag("th", at("scope", "col"), head))
            .toList();
    return tag(
        "div",
        at("class", "scroll"),
        at("tabindex", "0"),
        at("role", "region"),
        at("aria-label", "Table: " + String.join(", ", heads).replace("#", "")),
        tag("table", tag("thead", tag("tr", Markup.all(cells))), tag("tbody", Markup.all(rows))));
  }

  /** A cell of a number. */
  static Markup figure(Object content) {
    return tag("td", at("class", "number"), content);
  }

  /** A state: a word, and its colour. */
  static Markup state(String state) {
    String look =
        switch (state) {
          case "completed", "succeeded" -> "ok";
          case "failed", "expired", "quarantined" -> "bad";
          case "cancelled" -> "faint";
          default -> "busy";
        };
    return tag("span", at("class", "state " + look), state);
  }
}
