package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.at;
import static dev.offpeak.ledger.console.Markup.tag;

import dev.offpeak.ledger.proof.DayProof;
import dev.offpeak.ledger.proof.ProofBook;
import dev.offpeak.ledger.proof.Residual;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Whether the providers' bills say the same, by day and account. */
final class ProofPage {

  private static final int DAYS = 14;

  private final ProofBook book;

  ProofPage(ProofBook book) {
    this.book = book;
  }

  /** The days that the address asks for: at most a year. */
  List<DayProof> days(Question question) {
    LocalDate from = question.period().from();
    LocalDate to = question.period().to();
    if (from == null) {
      return book.lastDays(DAYS);
    }
    LocalDate last = to == null || to.isAfter(from.plusYears(1)) ? from.plusYears(1) : to;
    return book.days(from, last);
  }

  Page of(Question question) {
    List<DayProof> days = days(question);
    List<Markup> parts = new ArrayList<>();
    parts.add(
        tag(
            "p",
            "What the providers' own usage and cost reports say, beside the ledger. Days are UTC. A"
                + " day that jobs ran across is proved together with its neighbour."));
    if (days.isEmpty()) {
      parts.add(
          Words.empty(
              "Nothing was used in the last two weeks. This fills the ledger:",
              "./offpeak run examples/support-tickets.jsonl -o results.jsonl"));
      return new Page("proof", "Proof", Markup.all(parts));
    }
    if (days.stream().allMatch(day -> day.state() == DayProof.State.NOT_ASKED)) {
      parts.add(
          tag(
              "p",
              "No provider is asked yet: an admin key below proof.accounts in the ledger-service's"
                  + " settings does that (docs/proof.md)."));
    }
    parts.add(
        Words.table(
            List.of(
                "day",
                "account",
                "state",
                "#requests",
                "#tokens here",
                "#tokens there",
                "#ledger",
                "#provider",
                "#difference"),
            days.stream().map(ProofPage::row).toList()));
    days.stream().filter(day -> !day.residuals().isEmpty()).map(ProofPage::why).forEach(parts::add);
    parts.add(
        tag(
            "p",
            "The evidence, with every digit: ",
            tag("a", at("href", question.address("proof.csv")), "CSV"),
            " ",
            tag("a", at("href", question.address("proof.json")), "JSON")));
    return new Page("proof", "Proof", Markup.all(parts));
  }

  private static String when(DayProof day) {
    return day.first().equals(day.last())
        ? day.first().toString()
        : day.first() + " to " + day.last();
  }

  private static Markup row(DayProof day) {
    return tag(
        "tr",
        tag("td", when(day)),
        tag("td", Words.name(day.account())),
        tag("td", day.state().word().replace('_', ' ')),
        Words.figure(Words.number(day.ours().requests())),
        Words.figure(Words.number(day.ours().input() + day.ours().output())),
        Words.figure(Words.number(day.theirs().input() + day.theirs().output())),
        Words.figure(Words.money(day.oursUsd())),
        Words.figure(Words.money(day.theirsUsd(), "–")),
        Words.figure(Words.money(day.difference(), "–")));
  }

  private static Markup why(DayProof day) {
    return tag(
        "details",
        tag("summary", when(day) + ", " + day.account() + ": why it differs"),
        Words.table(
            List.of("reason", "about", "#requests", "#input", "#output", "#money"),
            day.residuals().stream().map(ProofPage::residual).toList()));
  }

  private static Markup residual(Residual of) {
    return tag(
        "tr",
        tag("td", of.kind().word() + ": " + of.kind().words()),
        tag("td", Words.name(of.about())),
        Words.figure(Words.number(of.used().requests())),
        Words.figure(Words.number(of.used().input())),
        Words.figure(Words.number(of.used().output())),
        Words.figure(Words.money(of.usd())));
  }
}
