package dev.offpeak.ledger.console;

import dev.offpeak.ledger.database.LedgerDatabase;
import dev.offpeak.ledger.follow.Standing;
import dev.offpeak.ledger.report.JobReport;
import dev.offpeak.ledger.report.RequestReport;
import dev.offpeak.ledger.report.Sums;
import dev.offpeak.ledger.report.UsageCsv;
import dev.offpeak.ledger.report.UsageReport;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Every page, by the last part of its address. */
public final class Pages {

  private final Map<String, Function<Question, Page>> pages;
  private final LedgerDatabase database;
  private final UsageReport usage;
  private final Supplier<Standing> standing;
  private final Clock clock;
  private final String usageTopic;

  /**
   * Pages of that ledger.
   *
   * @param usageTopic full name of llm.usage
   * @param standing how far it has read
   */
  public Pages(
      LedgerDatabase database, String usageTopic, Supplier<Standing> standing, Clock clock) {
    this.database = database;
    this.usageTopic = usageTopic;
    this.standing = standing;
    this.clock = clock;
    this.usage = new UsageReport(database);
    JobReport jobs = new JobReport(database);
    RequestReport requests = new RequestReport(database);
    OverviewPage overview = new OverviewPage(usage, jobs, clock);
    JobPage job = new JobPage(jobs, requests, clock);
    this.pages =
        Map.of(
            "",
            overview::of,
            "savings",
            new SavingsPage(usage)::of,
            "jobs",
            new JobsPage(jobs, clock)::of,
            "job",
            job::of,
            "failures",
            new FailuresPage(requests)::of,
            "search",
            new SearchPage(jobs, requests)::of,
            "health",
            new HealthPage(database, standing, clock)::of);
  }

  /** Names of all pages. */
  Set<String> names() {
    return pages.keySet();
  }

  /**
   * A page as HTML.
   *
   * @param name one of {@link #names}
   */
  String html(String name, Question question) {
    Function<Question, Page> page = pages.get(name);
    if (page == null) {
      throw new IllegalArgumentException("there is no page '" + name + "'");
    }
    return Shell.html(page.apply(question), standing.get(), clock.instant());
  }

  /** The table of the page of savings. */
  String csv(Question question) {
    SavingsPage.Asked asked = SavingsPage.Asked.of(question);
    return UsageCsv.of(asked.by(), usage.sums(asked.by(), question.period(), asked.only()));
  }

  /** What it adds up to, for whoever verifies it. */
  String sums() {
    return Sums.of(database, usageTopic).text();
  }
}
