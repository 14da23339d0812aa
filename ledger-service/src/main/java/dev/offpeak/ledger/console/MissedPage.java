package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.at;
import static dev.offpeak.ledger.console.Markup.tag;

import dev.offpeak.ledger.report.Missed;
import dev.offpeak.ledger.report.UsageReport;
import dev.offpeak.ledger.report.UsageSum;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Calls at full price that could have waited, and what would have caught them. */
final class MissedPage {

  private final UsageReport usage;

  MissedPage(UsageReport usage) {
    this.usage = usage;
  }

  Page of(Question question) {
    List<Missed> all = Missed.of(usage, question.period(), Map.of());
    return new Page("missed", "Missed savings", all.isEmpty() ? nothing() : table(all));
  }

  private static Markup nothing() {
    return Words.empty(
        "Nothing was called at full price: all of it went in batches. Urgent requests and live"
            + " calls are shown here. Sums by mode:",
        "./offpeak usage --by mode");
  }

  private static Markup table(List<Missed> all) {
    BigDecimal saving = all.stream().map(Missed::saving).reduce(BigDecimal.ZERO, BigDecimal::add);
    return Markup.all(
        List.of(
            tag(
                "p",
                "About ",
                tag("strong", Words.money(saving)),
                " more was paid than batches would have cost (≈: providers halve their prices in"
                    + " batches)."),
            Words.table(
                List.of(
                    "team",
                    "feature",
                    "model",
                    "why no batch",
                    "#requests",
                    "#spent",
                    "#≈ in a batch",
                    "#≈ missed",
                    "what would catch it"),
                all.stream().map(MissedPage::row).toList()),
            tag("p", "In the terminal: ", Words.command("./offpeak usage --missed"))));
  }

  private static Markup row(Missed of) {
    UsageSum sum = of.sum();
    return tag(
        "tr",
        tag("td", Words.name(of.team())),
        tag("td", Words.name(of.feature())),
        tag("td", Words.name(of.model())),
        tag("td", at("title", of.mode()), of.reason()),
        Words.figure(Words.number(sum.requests())),
        Words.figure(Words.money(sum, sum.cost())),
        Words.figure(Words.money(sum, of.inBatch())),
        Words.figure(Words.money(sum, of.saving())),
        tag("td", of.remedy()));
  }
}
