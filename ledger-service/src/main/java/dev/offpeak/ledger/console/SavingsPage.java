package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.at;
import static dev.offpeak.ledger.console.Markup.tag;

import dev.offpeak.ledger.report.By;
import dev.offpeak.ledger.report.UsageReport;
import dev.offpeak.ledger.report.UsageSum;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tokens and money by whatever is asked, as a picture, a table and a file. */
final class SavingsPage {

  private static final int PICTURED = 31;

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
      parts.add(Bars.of(by == By.DAY ? last(sums) : sums.subList(0, Math.min(12, sums.size()))));
      parts.add(table(question, by, sums));
      parts.add(
          tag("p", tag("a", at("href", question.address("savings.csv")), "This table as CSV")));
    }
    return new Page(Page.Tab.SAVINGS, "Savings by " + by.word(), Markup.all(parts));
  }

  private static List<UsageSum> last(List<UsageSum> days) {
    return days.subList(Math.max(0, days.size() - PICTURED), days.size());
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
    sums.forEach(sum -> rows.add(row(key(question, by, sum.keys().getFirst()), sum)));
    rows.add(row(tag("strong", "in all"), total));
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
    Question narrowed = new Question(narrowed(question, by, name));
    By next = by == By.MODEL ? By.TEAM : By.MODEL;
    return tag("a", at("href", narrowed.with("savings", "by", next.word())), name);
  }

  private static Map<String, String> narrowed(Question question, By by, String name) {
    Map<String, String> values = new TreeMap<>(question.values());
    values.put(by.word(), name);
    return values;
  }

  private static Markup row(Markup name, UsageSum sum) {
    BigDecimal saved = sum.saved();
    return tag(
        "tr",
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
