package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.at;
import static dev.offpeak.ledger.console.Markup.tag;

import dev.offpeak.ledger.report.By;
import dev.offpeak.ledger.report.Job;
import dev.offpeak.ledger.report.JobReport;
import dev.offpeak.ledger.report.JobReport.Which;
import dev.offpeak.ledger.report.Period;
import dev.offpeak.ledger.report.UsageReport;
import dev.offpeak.ledger.report.UsageSum;
import dev.offpeak.ledger.report.Usd;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What was saved, spent, and is in flight; and what needs somebody. */
final class OverviewPage {

  private static final int DAYS = 29;
  private static final int JOBS = 8;

  private final UsageReport usage;
  private final JobReport jobs;
  private final Clock clock;

  OverviewPage(UsageReport usage, JobReport jobs, Clock clock) {
    this.usage = usage;
    this.jobs = jobs;
    this.clock = clock;
  }

  Page of(Question question) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    Period month = new Period(today.minusDays(DAYS), today);
    UsageSum total = usage.total(month, Map.of());
    List<Job> newest = jobs.list(Which.ALL, "", JOBS, 0);
    if (total.requests().signum() == 0 && newest.isEmpty()) {
      return new Page(
          Page.Tab.OVERVIEW,
          "Overview",
          Words.empty(
              "Nothing was asked of this installation yet. What it saves is shown here once it has"
                  + " executed something:",
              "./offpeak run examples/support-tickets.jsonl -o results.jsonl"));
    }
    List<Markup> parts = new ArrayList<>();
    parts.add(cards(total));
    parts.add(tag("h2", "Day by day"));
    parts.add(Bars.of(usage.sums(List.of(By.DAY), month, Map.of())));
    parts.add(tag("p", tag("a", at("href", "savings?by=day"), "All numbers of the days")));
    parts.add(tag("h2", "Troubles"));
    parts.add(troubles());
    parts.add(tag("h2", "Newest jobs"));
    parts.add(JobsPage.table(newest, clock.instant()));
    return new Page(Page.Tab.OVERVIEW, "Overview", Markup.all(parts));
  }

  private Markup cards(UsageSum total) {
    List<Markup> cards = new ArrayList<>();
    cards.add(
        card(
            "wide",
            "Saved in 30 days",
            Words.money(total, total.saved()),
            total.savedPercent() + "% of what it would have cost synchronously",
            "savings?by=team"));
    cards.add(
        card(
            "",
            "Spent",
            Words.money(total, total.cost()),
            Words.number(total.requests()) + " requests",
            "savings?by=model"));
    cards.add(
        card(
            "",
            "Without batches",
            Words.money(total, total.syncCost()),
            "at synchronous prices",
            "savings?by=mode"));
    cards.add(inFlight());
    if (total.isPartlyUnpriced()) {
      cards.add(
          card(
              "warn",
              "Unpriced",
              Markup.text(Words.number(total.unpricedRequests()) + " requests"),
              Words.number(total.unpricedTokens()) + " tokens of models without a price",
              "savings?by=model"));
    }
    return tag("div", at("class", "cards"), Markup.all(cards));
  }

  private Markup inFlight() {
    long flying =
        jobs.byState().entrySet().stream()
            .filter(state -> !isEnded(state.getKey()))
            .mapToLong(Map.Entry::getValue)
            .sum();
    return card(
        "",
        "In flight",
        Markup.text(Words.number(flying) + (flying == 1 ? " job" : " jobs")),
        "≈ " + Usd.shown(jobs.expectedCost()) + " when they end",
        "jobs?which=in_flight");
  }

  private static boolean isEnded(String state) {
    return List.of("completed", "expired", "cancelled", "failed").contains(state);
  }

  private static Markup card(String look, String title, Markup figure, String more, String link) {
    return tag(
        "a",
        at("class", "card " + look),
        at("href", link),
        tag("span", at("class", "title"), title),
        tag("strong", figure),
        tag("span", at("class", "more"), more));
  }

  private Markup troubles() {
    List<Markup> waiting =
        jobs.list(Which.TROUBLED, "", JOBS, 0).stream()
            .filter(Job::inFlight)
            .map(
                job ->
                    tag(
                        "li",
                        tag(
                            "a",
                            at("href", Question.about("job", "batch", job.batchId())),
                            job.batchId()),
                        " of " + job.account() + ": " + job.problem()))
            .toList();
    return waiting.isEmpty()
        ? tag("p", at("class", "ok"), "No job waits for anybody.")
        : tag("ul", at("class", "troubles"), Markup.all(waiting));
  }
}
