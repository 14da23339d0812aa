package dev.offpeak.ledger.command;

import dev.offpeak.core.text.Visible;
import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.ClusterOptions;
import dev.offpeak.operations.cluster.CommandEnvironment;
import java.io.PrintWriter;
import java.time.LocalDate;
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

/** {@code offpeak ledger proof}: does the provider's bill say what the ledger says? */
@Command(
    name = "proof",
    mixinStandardHelpOptions = true,
    description =
        "Show whether the providers' own bills say what the ledger says, by day and account.",
    footer = {
      "",
      "Exit codes: 0 no day differs (it may wait for the provider, or nobody was asked), 1 a day"
          + " differs, 2 wrong usage."
    })
public final class ProofCommand implements Callable<Integer> {

  private static final String DIFFERS = "\"state\":\"differs\"";

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ClusterOptions cluster;

  @Option(
      names = "--console",
      paramLabel = "URL",
      description =
          "Of the console of the ledger at work; default: the one of the installation (up) that is"
              + " found.")
  private @Nullable String console;

  @Option(
      names = "--from",
      paramLabel = "DAY",
      description = "The first day, as 2026-11-01; default: 14 days ago.")
  private @Nullable LocalDate from;

  @Option(names = "--to", paramLabel = "DAY", description = "The last day; default: today.")
  private @Nullable LocalDate to;

  @ArgGroup private Form form = new Form();

  private static final class Form {
    @Option(names = "--json", description = "The evidence, one JSON object a line, every digit.")
    private boolean json;

    @Option(names = "--csv", description = "The evidence, comma-separated, every digit.")
    private boolean csv;
  }

  /** A command that is started there. */
  public ProofCommand(CommandEnvironment surroundings) {
    this.cluster = new ClusterOptions(surroundings);
  }

  @Override
  public Integer call() throws Exception {
    CommandLine line = Objects.requireNonNull(spec, "set by picocli").commandLine();
    String url = console;
    if (url == null) {
      try (Cluster open = cluster.open()) {
        url = open.consoleUrl();
      }
    }
    if (url == null) {
      throw new ParameterException(
          line, "where is the ledger's console? Give --console http://HOST:PORT");
    }
    String days =
        (from == null ? "" : "?from=" + from) + (from == null || to == null ? "" : "&to=" + to);
    String json = LedgerAtWork.text(url, "proof.json" + days);
    PrintWriter out = line.getOut();
    if (form.json) {
      out.print(json);
    } else {
      String text = LedgerAtWork.text(url, (form.csv ? "proof.csv" : "proof.txt") + days);
      text.lines().map(Visible::of).forEach(out::println);
    }
    out.flush();
    return json.contains(DIFFERS) ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
  }
}
