package dev.offpeak.ledger.console;

import dev.offpeak.ledger.config.Role.Right;
import dev.offpeak.ledger.console.Screen.Group;
import dev.offpeak.ledger.database.LedgerDatabase;
import dev.offpeak.ledger.follow.Standing;
import dev.offpeak.ledger.proof.DayProof;
import dev.offpeak.ledger.proof.ProofBook;
import dev.offpeak.ledger.proof.ProofTable;
import dev.offpeak.ledger.proof.ProofText;
import dev.offpeak.ledger.report.InstallationReport;
import dev.offpeak.ledger.report.JobReport;
import dev.offpeak.ledger.report.RequestReport;
import dev.offpeak.ledger.report.Sums;
import dev.offpeak.ledger.report.UsageCsv;
import dev.offpeak.ledger.report.UsageReport;
import dev.offpeak.provider.price.PriceLists;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Every page, in the order of the navigation. */
public final class Pages {

  private final List<Screen> screens;
  private final LedgerDatabase database;
  private final UsageReport usage;
  private final Supplier<Standing> standing;
  private final Clock clock;
  private final Deeds deeds;
  private final String usageTopic;
  private final ProofPage proof;

  /**
   * Pages of that ledger.
   *
   * @param usageTopic full name of llm.usage
   * @param standing how far it has read
   * @param bills what the providers say of it
   * @param desk where operators ask for something; null when nobody may
   * @param answers where answers are read; null when they can't be
   */
  public Pages(
      LedgerDatabase database,
      String usageTopic,
      Supplier<Standing> standing,
      ProofBook bills,
      @Nullable Desk desk,
      @Nullable Answers answers,
      Clock clock) {
    this.database = database;
    this.usageTopic = usageTopic;
    this.standing = standing;
    this.clock = clock;
    this.usage = new UsageReport(database);
    this.proof = new ProofPage(bills);
    JobReport jobs = new JobReport(database);
    RequestReport requests = new RequestReport(database);
    InstallationReport installation = new InstallationReport(database);
    this.deeds = new Deeds(desk, clock);
    AskPage ask = new AskPage(jobs, requests, deeds, clock);
    this.screens =
        List.of(
            Screen.money("", "Overview", new OverviewPage(usage, jobs, requests, clock)::of),
            Screen.money("savings", "Savings", new SavingsPage(usage)::of),
            Screen.money("missed", "Missed", new MissedPage(usage)::of),
            Screen.money("proof", "Proof", proof::of),
            Screen.money(
                "prices", "Prices", new PricesPage(installation, PriceLists.builtIn(), clock)::of),
            Screen.work("jobs", "Jobs", new JobsPage(jobs, clock)::of),
            Screen.work("job", "", new JobPage(jobs, requests, deeds, clock)::of),
            Screen.work("lanes", "Lanes", new LanesPage(installation, deeds, clock)::of),
            Screen.work("failures", "Failures", new FailuresPage(requests, deeds)::of),
            Screen.work("search", "Search", new SearchPage(jobs, requests)::of),
            new Screen(
                "answer", "", Group.WORK, Right.ANSWERS, new AnswerPage(requests, answers)::of),
            Screen.installation("quotas", "Quotas", new QuotasPage(installation, deeds, clock)::of),
            new Screen("asked", "Actions", Group.INSTALLATION, Right.REQUESTS, _ -> ask.asked()),
            new Screen("ask", "", Group.INSTALLATION, Right.ACT, ask::of),
            Screen.installation("health", "Health", new HealthPage(database, standing, clock)::of));
  }

  /** All of them. */
  List<Screen> screens() {
    return screens;
  }

  /** A page as HTML. */
  String html(Screen screen, Question question) {
    return Shell.html(
        screen.page().apply(question),
        screens,
        question.visitor(),
        standing.get(),
        clock.instant());
  }

  /** In place of a page that can't be shown. */
  String inTrouble(Screen screen, Visitor visitor, RuntimeException e) {
    Standing unknown = new Standing(0, null, "its database was asked in vain", 0);
    return Shell.html(Trouble.of(screen, e), screens, visitor, unknown, clock.instant());
  }

  Clock clock() {
    return clock;
  }

  Deeds deeds() {
    return deeds;
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
