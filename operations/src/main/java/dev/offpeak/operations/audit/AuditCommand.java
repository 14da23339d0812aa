package dev.offpeak.operations.audit;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.ClusterOptions;
import dev.offpeak.operations.cluster.CommandEnvironment;
import dev.offpeak.operations.cluster.TopicReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code offpeak audit}: is every request accounted for? */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description =
        "Check from the topics that every request has exactly one outcome or is in flight.",
    footer = {"", "Exit codes: 0 clean, 1 not clean, 2 wrong usage, 3 could not read."})
public final class AuditCommand implements Callable<Integer> {

  private static final int NOT_CLEAN = 1;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ClusterOptions cluster;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Requests written at that time or later, such as 2026-11-24T00:00:00Z.")
  private @Nullable Instant from;

  @Option(names = "--to", paramLabel = "TIME", description = "Requests written before that time.")
  private @Nullable Instant to;

  @Option(
      names = "--ledger",
      paramLabel = "FILE|URL",
      description =
          "What the provider billed, lines of JSON with custom_id and billed, such as the"
              + " simulator's http://…/_sim/ledger.")
  private @Nullable String ledger;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /** A command that is started there. */
  public AuditCommand(CommandEnvironment surroundings) {
    this.cluster = new ClusterOptions(surroundings);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (from != null && to != null && !from.isBefore(to)) {
      throw new ParameterException(
          Objects.requireNonNull(spec, "set by picocli").commandLine(),
          "--from is " + from + ", --to is " + to + "; nothing lies between");
    }
    try (Cluster open = cluster.open();
        InputStream billed = ledger == null ? null : BillingLedger.open(ledger)) {
      TopicReader reader = new TopicReader(open);
      AuditReport report = new Audit(open, reader, new AuditRange(from, to)).run(billed);
      PrintWriter out = Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
      out.print(json ? AuditJson.of(report) : AuditText.of(report));
      out.flush();
      return report.isClean() ? 0 : NOT_CLEAN;
    }
  }
}
