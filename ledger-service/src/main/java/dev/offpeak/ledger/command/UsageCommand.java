package dev.offpeak.ledger.command;

import dev.offpeak.ledger.book.Book;
import dev.offpeak.ledger.book.Unreadable;
import dev.offpeak.ledger.database.LedgerDatabase;
import dev.offpeak.ledger.follow.Rebuild;
import dev.offpeak.ledger.report.By;
import dev.offpeak.ledger.report.Missed;
import dev.offpeak.ledger.report.Period;
import dev.offpeak.ledger.report.UsageCsv;
import dev.offpeak.ledger.report.UsageReport;
import dev.offpeak.ledger.report.UsageSum;
import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.ClusterOptions;
import dev.offpeak.operations.cluster.CommandEnvironment;
import dev.offpeak.operations.cluster.TopicReader;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code offpeak usage}: tokens and money, from llm.usage as it stands. */
@Command(
    name = "usage",
    mixinStandardHelpOptions = true,
    description = "What was used, spent and saved: by team, feature, model, account, day.",
    footer = {
      "",
      "Days are days of UTC. What has no price is counted as unpriced, and in no sum of money.",
      "Exit codes: 0 printed, 2 wrong usage."
    })
public final class UsageCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ClusterOptions cluster;

  @Option(
      names = "--by",
      split = ",",
      paramLabel = "WHAT",
      description =
          "What is told apart, one or more with commas: ${COMPLETION-CANDIDATES}; default: team.")
  private List<By> by = List.of(By.TEAM);

  @Option(
      names = "--only",
      paramLabel = "WHAT=VALUE",
      description = "Only what has this in common, for example --only model=gpt-4o-mini.")
  private Map<By, String> only = new EnumMap<>(By.class);

  @Option(names = "--from", paramLabel = "DAY", description = "The first day, as 2026-11-01.")
  private @Nullable LocalDate from;

  @Option(names = "--to", paramLabel = "DAY", description = "The last day.")
  private @Nullable LocalDate to;

  @Option(
      names = "--missed",
      description =
          "What was called at full price, why, and what would have made it a batch; --by is left"
              + " out of it.")
  private boolean missed;

  @ArgGroup private Form form = new Form();

  private static final class Form {
    @Option(names = "--json", description = "One JSON object a line, every digit of the money.")
    private boolean json;

    @Option(names = "--csv", description = "Comma-separated, every digit of the money.")
    private boolean csv;
  }

  /** The command, started there. */
  public static CommandLine commandLine(CommandEnvironment surroundings) {
    return new CommandLine(new UsageCommand(surroundings))
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private UsageCommand(CommandEnvironment surroundings) {
    this.cluster = new ClusterOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    CommandLine line = Objects.requireNonNull(spec, "set by picocli").commandLine();
    Period period = period(line);
    try (Cluster open = cluster.open();
        LedgerDatabase database = LedgerDatabase.inMemory()) {
      Book book = Book.ofUsage(database, open.topics(), open.serdes());
      Rebuild.of(book, open, new TopicReader(open).slice(open.topics().usage().name(), null, null));
      UsageReport report = new UsageReport(database);
      if (missed) {
        MissedText.print(Missed.of(report, period, only), form.json, form.csv, line.getOut());
      } else {
        print(report.sums(by, period, only), line.getOut());
      }
      Unreadable.of(database).forEach(words -> line.getErr().println("offpeak: left out " + words));
      line.getErr().flush();
    }
    return CommandLine.ExitCode.OK;
  }

  private void print(List<UsageSum> sums, PrintWriter out) {
    if (form.json) {
      sums.forEach(sum -> out.println(UsageJson.of(by, sum)));
    } else if (form.csv) {
      out.print(UsageCsv.of(by, sums));
    } else {
      out.print(UsageText.of(by, sums));
    }
    out.flush();
  }

  private Period period(CommandLine line) {
    try {
      return new Period(from, to);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, String.valueOf(e.getMessage()), e);
    }
  }
}
