package dev.offpeak.ledger.console;

import static dev.offpeak.ledger.console.Markup.at;
import static dev.offpeak.ledger.console.Markup.tag;

import dev.offpeak.ledger.config.Role.Right;
import dev.offpeak.ledger.report.By;
import dev.offpeak.ledger.report.Job;
import dev.offpeak.ledger.report.JobReport;
import dev.offpeak.ledger.report.JobReport.Which;
import dev.offpeak.ledger.report.Period;
import dev.offpeak.ledger.report.RequestReport;
import dev.offpeak.ledger.report.UsageReport;
import dev.offpeak.ledger.report.UsageSum;
import dev.offpeak.ledger.report.Usd;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What was saved, spent, and is in flight; and what needs somebody. */
final class OverviewPage {

  private static final int DAYS = 29;
  private static final int JOBS = 8;
  private static final int TOP = 6;
  private static final Duration RECENT = Duration.ofDays(7);

  private final UsageReport usage;
  private final JobReport jobs;
  private final RequestReport requests;
  private final Clock clock;

  OverviewPage(UsageReport usage, JobReport jobs, RequestReport requests, Clock clock) {
    this.usage = usage;
    this.jobs = jobs;
    this.requests = requests;
    this.clock = clock;
  }

  Page of(Question question) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    Period month = new Period(today.minusDays(DAYS), today);
    UsageSum total = usage.total(month, Map.of());
    List<Job> newest = jobs.list(Which.ALL, "", JOBS, 0);
    if (total.requests().signum() == 0 && newest.isEmpty()) {
      return new Page(
          "",
          "Overview",
          Words.empty(
              "Nothing was asked of this installation yet. What it saves is shown here once it has"
                  + " executed something:",
              "./offpeak run examples/support-tickets.jsonl -o results.jsonl"));
    }
    List<Markup> parts = new ArrayList<>();
    parts.add(cards(total));
    parts.add(troubles());
    parts.add(heading("Day by day", "savings?by=day", "All days"));
    parts.add(
        DayChart.of(usage.sums(List.of(By.DAY), month, Map.of()), today.minusDays(DAYS), today));
    if (question.visitor().may(Right.REQUESTS)) {
      parts.add(heading("Newest jobs", "jobs", "All jobs"));
      parts.add(JobsPage.table(newest, clock.instant()));
    }
    parts.add(
        tag(
            "div",
            at("class", "halves"),
            tag("section", heading("Teams", "savings?by=team", "All"), top(By.TEAM, month)),
            tag("section", heading("Models", "savings?by=model", "All"), top(By.MODEL, month))));
    return new Page("", "Overview", Markup.all(parts));
  }

  private static Markup heading(String title, String link, String words) {
    return tag(
        "div",
        at("class", "heading"),
        tag("h2", title),
        tag("a", at("href", link), at("aria-label", words + ": " + title), words));
  }

  private Markup top(By by, Period month) {
    List<UsageSum> sums = usage.sums(List.of(by), month, Map.of());
    By next = by == By.MODEL ? By.TEAM : By.MODEL;
    return Shares.of(
        sums.subList(0, Math.min(TOP, sums.size())),
        name -> new Question(Map.of("by", next.word(), by.word(), name)).address("savings"));
  }

  private Markup cards(UsageSum total) {
    List<Markup> cards = new ArrayList<>();
    cards.add(
        card(
            "wide",
            "Saved in 30 days",
            Words.money(total, total.saved()),
            total.savedPercent() + "% of what it would have cost without batches",
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
    return tag(
        "div",
        at("class", "cards"),
        Markup.all(cards),
        tag(
            "div",
            at("class", "proportion"),
            Shares.bar(total.cost(), total.saved().max(BigDecimal.ZERO), total.syncCost())));
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

  /** What waits for somebody, if anything does. */
  private Markup troubles() {
    List<Markup> found = new ArrayList<>();
    jobs.list(Which.TROUBLED, "", JOBS, 0).stream()
        .filter(Job::inFlight)
        .forEach(
            job ->
                found.add(
                    tag(
                        "li",
                        Words.state(job.state()),
                        " ",
                        tag("a", at("href", JobsPage.link(job)), job.batchId()),
                        " of " + job.account() + ": " + job.problem())));
    long again = requests.worthSendingAgain(clock.instant().minus(RECENT));
    if (again > 0) {
      found.add(
          tag(
              "li",
              Words.number(again) + " requests failed in a week that may succeed when they are ",
              tag("a", at("href", "failures"), "sent again"),
              "."));
    }
    return found.isEmpty()
        ? tag("p", at("class", "note ok"), "✓ No job waits for anybody.")
        : tag(
            "section",
            at("class", "note warn"),
            tag("h2", "Waits for somebody"),
            tag("ul", Markup.all(found)));
  }
}
