package dev.offpeak.ledger.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.ledger.report.Period;
import java.net.URLEncoder;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an address asks a page for. It holds all state, so that an address can be sent to somebody.
 *
 * @param values by name; those that are empty are left out
 * @param visitor who asks
 */
record Question(Map<String, String> values, Visitor visitor) {

  Question {
    Map<String, String> some = new TreeMap<>(values);
    some.values().removeIf(String::isBlank);
    values = Map.copyOf(some);
  }

  /** Of anybody. */
  Question(Map<String, String> values) {
    this(values, Visitor.ANYBODY);
  }

  /** The value of that name; empty when there is none. */
  String text(String name) {
    return values.getOrDefault(name, "").strip();
  }

  /** A day; null when there is none, or it is none. */
  @Nullable LocalDate day(String name) {
    try {
      return text(name).isEmpty() ? null : LocalDate.parse(text(name));
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** From one day to another. */
  Period period() {
    LocalDate from = day("from");
    LocalDate to = day("to");
    return from != null && to != null && to.isBefore(from)
        ? new Period(to, from)
        : new Period(from, to);
  }

  /** The address of a page with the same question, but for one value. */
  String with(String page, String name, String value) {
    Map<String, String> other = new TreeMap<>(values);
    other.put(name, value);
    return new Question(other).address(page);
  }

  /** The address of a page, relative, so that it holds wherever the console is mounted. */
  String address(String page) {
    String query =
        new TreeMap<>(values)
            .entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
    return query.isEmpty() ? page : page + "?" + query;
  }

  /** The address of a page that is asked for one thing. */
  static String about(String page, String name, String value) {
    return new Question(Map.of(name, value)).address(page);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
