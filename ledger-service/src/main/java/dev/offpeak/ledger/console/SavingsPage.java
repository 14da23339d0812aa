package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.at;
import static dev.offpeak.ledger.console.Markup.tag;

import dev.offpeak.ledger.report.By;
import dev.offpeak.ledger.report.Period;
import dev.offpeak.ledger.report.UsageReport;
import dev.offpeak.ledger.report.UsageSum;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tokens and money by whatever is asked, as a picture, a table and a file. */
final class SavingsPage {

  /** Rows of the picture; the table has all. */
  private static final int PICTURED = 12;

  /** A lone day stands among days without anything. */
  private static final int AT_LEAST = 13;

  private final UsageReport usage;

  SavingsPage(UsageReport usage) {
    this.usage = usage;
  }

  /** What the address asks for. */
  record Asked(List<By> by, Map<By, String> only) {

    static Asked of(Question question) {
      By by =
          Arrays.stream(By.values())
              .filter(each -> each.word().equals(question.text("by")))
              .findFirst()
              .orElse(By.TEAM);
      Map<By, String> only = new EnumMap<>(By.class);
      for (By each : By.values()) {
        if (question.values().containsKey(each.word()) && each != By.DAY) {
          only.put(each, question.text(each.word()));
        }
      }
      return new Asked(List.of(by), Map.copyOf(only));
    }
  }

  Page of(Question question) {
    Asked asked = Asked.of(question);
    List<UsageSum> sums = usage.sums(asked.by(), question.period(), asked.only());
    By by = asked.by().getFirst();
    List<Markup> parts = new ArrayList<>();
    parts.add(choices(question, by));
    parts.add(period(question, by));
    parts.add(filters(question, asked.only()));
    if (sums.isEmpty()) {
      parts.add(
          Words.empty(
              "Nothing was used in that time. This fills it:",
              "./offpeak run examples/support-tickets.jsonl -o results.jsonl"));
    } else {
      parts.add(picture(question, by, sums));
      parts.add(table(question, by, sums));
      parts.add(
          tag("p", tag("a", at("href", question.address("savings.csv")), "This table as CSV")));
    }
    return new Page("savings", "Savings by " + by.word(), Markup.all(parts));
  }

  private static Markup picture(Question question, By by, List<UsageSum> sums) {
    if (by != By.DAY) {
      return Shares.of(
          sums.subList(0, Math.min(PICTURED, sums.size())), name -> target(question, by, name));
    }
    Period asked = question.period();
    LocalDate first = LocalDate.parse(sums.getFirst().keys().getFirst());
    LocalDate last = LocalDate.parse(sums.getLast().keys().getFirst());
    LocalDate to = asked.to() == null ? last : asked.to();
    LocalDate from = asked.from() == null ? earlier(first, to.minusDays(AT_LEAST)) : asked.from();
    return DayChart.of(sums, from, to);
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }

  private static Markup choices(Question question, By current) {
    List<Markup> links =
        Arrays.stream(By.values())
            .map(
                by -> {
                  Object here = at(by == current ? "aria-current" : "data-by", "true");
                  return tag(
                      "a", at("href", question.with("savings", "by", by.word())), here, by.word());
                })
            .toList();
    return tag("nav", at("class", "choices"), at("aria-label", "By"), Markup.all(links));
  }

  private static Markup period(Question question, By by) {
    return tag(
        "form",
        at("class", "period"),
        at("action", "savings"),
        tag("input", at("type", "hidden"), at("name", "by"), at("value", by.word())),
        day("from", "From", question),
        day("to", "to", question),
        tag("button", at("type", "submit"), "Show"));
  }

  private static Markup day(String name, String label, Question question) {
    return tag(
        "label",
        label + " ",
        tag("input", at("type", "date"), at("name", name), at("value", question.text(name))));
  }

  private static Markup filters(Question question, Map<By, String> only) {
    List<Markup> all =
        only.entrySet().stream()
            .map(
                each ->
                    tag(
                        "a",
                        at("class", "filter"),
                        at("href", question.with("savings", each.getKey().word(), "")),
                        at("title", "without this filter"),
                        each.getKey().word() + " = " + each.getValue() + " ×"))
            .toList();
    return all.isEmpty() ? Markup.NONE : tag("p", Markup.all(all));
  }

  private static Markup table(Question question, By by, List<UsageSum> sums) {
    UsageSum total = sums.stream().reduce(UsageSum.NONE, UsageSum::plus);
    List<Markup> rows = new ArrayList<>();
    sums.forEach(sum -> rows.add(row("one", key(question, by, sum.keys().getFirst()), sum)));
    rows.add(row("sum", Markup.text("in all"), total));
    return Words.table(
        List.of(
            by.word(),
            "#requests",
            "#input",
            "#cached",
            "#output",
            "#spent",
            "#synchronous",
            "#saved",
            "#%"),
        rows);
  }

  /** A name, which leads to what it is made of. */
  private static Markup key(Question question, By by, String name) {
    if (name.isEmpty() || by == By.DAY) {
      return Words.name(name);
    }
    return tag("a", at("href", target(question, by, name)), name);
  }

  private static String target(Question question, By by, String name) {
    Question narrowed = new Question(narrowed(question, by, name));
    By next = by == By.MODEL ? By.TEAM : By.MODEL;
    return narrowed.with("savings", "by", next.word());
  }

  private static Map<String, String> narrowed(Question question, By by, String name) {
    Map<String, String> values = new TreeMap<>(question.values());
    values.put(by.word(), name);
    return values;
  }

  private static Markup row(String look, Markup name, UsageSum sum) {
    BigDecimal saved = sum.saved();
    return tag(
        "tr",
        at("class", look),
        tag("td", name),
        Words.figure(Words.number(sum.requests())),
        Words.figure(Words.number(sum.input())),
        Words.figure(Words.number(sum.cachedInput())),
        Words.figure(Words.number(sum.output())),
        Words.figure(Words.money(sum, sum.cost())),
        Words.figure(Words.money(sum, sum.syncCost())),
        Words.figure(Words.money(sum, saved)),
        Words.figure(sum.savedPercent() + "%"));
  }
}
