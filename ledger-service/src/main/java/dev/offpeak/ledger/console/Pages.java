package dev.offpeak.ledger.console;

import dev.offpeak.ledger.database.LedgerDatabase;
import dev.offpeak.ledger.follow.Standing;
import dev.offpeak.ledger.proof.DayProof;
import dev.offpeak.ledger.proof.ProofBook;
import dev.offpeak.ledger.proof.ProofTable;
import dev.offpeak.ledger.proof.ProofText;
import dev.offpeak.ledger.report.JobReport;
import dev.offpeak.ledger.report.RequestReport;
import dev.offpeak.ledger.report.Sums;
import dev.offpeak.ledger.report.UsageCsv;
import dev.offpeak.ledger.report.UsageReport;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** Every page, in the order of the navigation. */
public final class Pages {

  private final List<Screen> screens;
  private final LedgerDatabase database;
  private final UsageReport usage;
  private final Supplier<Standing> standing;
  private final Clock clock;
  private final String usageTopic;
  private final ProofPage proof;

  /**
   * Pages of that ledger.
   *
   * @param usageTopic full name of llm.usage
   * @param standing how far it has read
   * @param bills what the providers say of it
   */
  public Pages(
      LedgerDatabase database,
      String usageTopic,
      Supplier<Standing> standing,
      ProofBook bills,
      Clock clock) {
    this.database = database;
    this.usageTopic = usageTopic;
    this.standing = standing;
    this.clock = clock;
    this.usage = new UsageReport(database);
    this.proof = new ProofPage(bills);
    JobReport jobs = new JobReport(database);
    RequestReport requests = new RequestReport(database);
    this.screens =
        List.of(
            Screen.money("", "Overview", new OverviewPage(usage, jobs, requests, clock)::of),
            Screen.money("savings", "Savings", new SavingsPage(usage)::of),
            Screen.money("missed", "Missed", new MissedPage(usage)::of),
            Screen.money("proof", "Proof", proof::of),
            Screen.work("jobs", "Jobs", new JobsPage(jobs, clock)::of),
            Screen.work("job", "", new JobPage(jobs, requests, clock)::of),
            Screen.work("failures", "Failures", new FailuresPage(requests)::of),
            Screen.work("search", "Search", new SearchPage(jobs, requests)::of),
            Screen.installation("health", "Health", new HealthPage(database, standing, clock)::of));
  }

  /** All of them. */
  List<Screen> screens() {
    return screens;
  }

  /** A page as HTML. */
  String html(Screen screen, Question question) {
    return whole(screen.page().apply(question), question.visitor());
  }

  /** A page with head, navigation and foot, as that visitor sees it. */
  String whole(Page page, Visitor visitor) {
    return Shell.html(page, screens, visitor, standing.get(), clock.instant());
  }

  /** The table of the page of savings. */
  String csv(Question question) {
    SavingsPage.Asked asked = SavingsPage.Asked.of(question);
    return UsageCsv.of(asked.by(), usage.sums(asked.by(), question.period(), asked.only()));
  }

  /** The evidence of the page of proofs: {@code json}, {@code csv}, or a table for a terminal. */
  String proof(String form, Question question) {
    List<DayProof> days = proof.days(question);
    return switch (form) {
      case "json" -> ProofText.json(days);
      case "csv" -> ProofText.csv(days);
      default -> ProofTable.of(days);
    };
  }

  /** What it adds up to, for whoever verifies it. */
  String sums() {
    return Sums.of(database, usageTopic).text();
  }
}
