package dev.offpeak.operations.replay;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.ClusterConfig;
import dev.offpeak.operations.cluster.ClusterOptions;
import dev.offpeak.operations.cluster.CommandEnvironment;
import dev.offpeak.operations.cluster.SkippedRecords;
import dev.offpeak.operations.inventory.NearestNames;
import dev.offpeak.runtime.config.ByteSize;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that choosing from llm.requests and from llm.failures share. */
final class ReplayOptions {

  @Mixin private final ClusterOptions cluster;

  @Option(
      names = "--replay-id",
      required = true,
      paramLabel = "NAME",
      description =
          "Names this replay. Run again with the same name, it sends nothing twice; a new name is"
              + " executed, and paid, again.")
  private String replayId = "";

  @Option(names = "--from", paramLabel = "TIME", description = "Written at that time or later.")
  @Nullable Instant from;

  @Option(names = "--to", paramLabel = "TIME", description = "Written before that time.")
  @Nullable Instant to;

  @Option(names = "--tenant", paramLabel = "NAME", description = "Of that tenant.")
  private @Nullable String tenant;

  @Option(
      names = "--label",
      paramLabel = "NAME=VALUE",
      description = "With that label; may be repeated.")
  private Map<String, String> labels = Map.of();

  @Option(names = "--of-model", paramLabel = "GLOB", description = "For such models.")
  private @Nullable String ofModel;

  @Option(names = "--model", paramLabel = "NAME", description = "Send them to this model instead.")
  private @Nullable String model;

  @Option(names = "--account", paramLabel = "NAME", description = "Send them to this account.")
  private @Nullable String account;

  @Option(names = "--dry-run", description = "Count and price; send nothing.")
  private boolean dryRun;

  @Option(
      names = "--request-bytes",
      paramLabel = "SIZE",
      description = "limits.request-bytes of the installation; default: as its file says, or 8MiB.")
  private @Nullable String requestBytes;

  /** Options of a command that is started there. */
  ReplayOptions(CommandEnvironment surroundings) {
    this.cluster = new ClusterOptions(surroundings);
  }

  /** Runs a replay of the source and says what it did. */
  int run(Sending.Source source, CommandLine line) throws InterruptedException {
    ReplayTarget target = target(line);
    Selection selection = new Selection(tenant, labels, ofModel);
    SkippedRecords leftOut = new SkippedRecords();
    ReplayCount count;
    try (Cluster open = cluster.open()) {
      checkTarget(open, line);
      ByteSize largest = requestBytes == null ? open.requestLimit() : largest(requestBytes, line);
      count = new Sending(open, selection, target, from, largest, dryRun).run(source, leftOut);
    }
    leftOut.say(line.getErr());
    report(count, line.getOut());
    if (count.isInVain()) {
      throw new ParameterException(line, "nothing is meant by that: " + count.instead());
    }
    return 0;
  }

  private ReplayTarget target(CommandLine line) {
    if (from != null && to != null && !from.isBefore(to)) {
      throw new ParameterException(
          line, "--from is " + from + ", --to is " + to + "; nothing lies between");
    }
    try {
      return new ReplayTarget(replayId, account, model);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, String.valueOf(e.getMessage()), e);
    }
  }

  /** Where the accounts are known, what none of them takes is not sent to be refused. */
  private void checkTarget(Cluster open, CommandLine line) {
    Map<String, ClusterConfig.Account> accounts = open.accounts();
    if (accounts.isEmpty()) {
      return;
    }
    if (account != null && !accounts.containsKey(account)) {
      throw new ParameterException(
          line,
          "--account: there is no account '"
              + account
              + "'. "
              + NearestNames.to(account, accounts.keySet()));
    }
    if (model != null && accounts.values().stream().noneMatch(known -> takes(known, model))) {
      throw new ParameterException(
          line,
          "--model: no account takes '"
              + model
              + "'. "
              + NearestNames.to(
                  model,
                  accounts.values().stream().flatMap(known -> known.models().stream()).toList()));
    }
  }

  private static boolean takes(ClusterConfig.Account known, String model) {
    return known.models().isEmpty()
        || known.models().stream().anyMatch(like -> Selection.isLike(model, like));
  }

  private static ByteSize largest(String text, CommandLine line) {
    try {
      return ByteSize.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          line, "--request-bytes is '" + text + "'; it " + e.getMessage(), e);
    }
  }

  private void report(ReplayCount count, PrintWriter out) {
    out.print(count.text());
    out.printf(
        Locale.ROOT,
        "%s%,d new requests, replay id '%s'%s%n",
        dryRun ? "dry run, nothing sent: " : "sent ",
        count.requests(),
        replayId,
        count.sentBefore() == 0
            ? ""
            : String.format(Locale.ROOT, "; %,d were sent with it before", count.sentBefore()));
    out.flush();
  }
}
