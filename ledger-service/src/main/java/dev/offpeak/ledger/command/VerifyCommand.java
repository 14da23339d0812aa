package dev.offpeak.ledger.command;

import dev.offpeak.ledger.book.Book;
import dev.offpeak.ledger.database.LedgerDatabase;
import dev.offpeak.ledger.follow.Rebuild;
import dev.offpeak.ledger.report.Sums;
import dev.offpeak.ledger.report.Usd;
import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.ClusterOptions;
import dev.offpeak.operations.cluster.CommandEnvironment;
import dev.offpeak.operations.cluster.TopicReader;
import dev.offpeak.operations.cluster.TopicSlice;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code offpeak ledger verify}: a second ledger, built from the topic anew, has the same sums. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Build a second ledger from llm.usage, as far as the one at work has read it, and compare"
            + " their sums.",
    footer = {"", "Exit codes: 0 the same sums, 1 other ones, 2 wrong usage."})
public final class VerifyCommand implements Callable<Integer> {

  private static final int SHOWN = 20;
  private static final String HEAD =
      "\tday\taccount\tmodel\tmode\trequests\tinput\tcached\twritten\toutput\treasoning\tunpriced"
          + "\tcost_pico_usd\tsync_cost_pico_usd";

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ClusterOptions cluster;

  @Option(
      names = "--console",
      paramLabel = "URL",
      description =
          "Of the console of the ledger at work; default: the one of the installation (up) that is"
              + " found.")
  private @Nullable String console;

  /** A command that is started there. */
  public VerifyCommand(CommandEnvironment surroundings) {
    this.cluster = new ClusterOptions(surroundings);
  }

  @Override
  public Integer call() throws Exception {
    CommandLine line = Objects.requireNonNull(spec, "set by picocli").commandLine();
    try (Cluster open = cluster.open();
        LedgerDatabase anew = LedgerDatabase.inMemory()) {
      String url = console == null ? open.consoleUrl() : console;
      if (url == null) {
        throw new ParameterException(
            line, "where is the ledger's console? Give --console http://HOST:PORT");
      }
      Sums theirs = LedgerAtWork.sums(url);
      TopicSlice now = new TopicReader(open).slice(open.topics().usage().name(), null, null);
      Rebuild.of(
          Book.ofUsage(anew, open.topics(), open.serdes()), open, asFar(now, theirs.places()));
      return say(theirs, Sums.of(anew, open.topics().usage().name()), removed(now), line.getOut());
    }
  }

  private static TopicSlice asFar(TopicSlice now, Map<Integer, Long> places) {
    Map<TopicPartition, Long> to = new HashMap<>();
    now.from()
        .forEach(
            (partition, from) ->
                to.put(
                    partition, Math.max(from, places.getOrDefault(partition.partition(), from))));
    return new TopicSlice(now.from(), to);
  }

  /** Records that the topic has no more. */
  private static long removed(TopicSlice now) {
    return now.from().values().stream().mapToLong(Long::longValue).sum();
  }

  private static int say(Sums theirs, Sums ours, long removed, PrintWriter out) {
    List<String> differences = theirs.differences("ledger", ours, "topic");
    String facts =
        String.format(
            Locale.ROOT,
            "%,d, %s USD of what has a price",
            theirs.lines().size(),
            Usd.exact(theirs.cost()));
    if (differences.isEmpty()) {
      out.println("the same sums: " + facts);
    } else {
      out.println("not the same sums: " + facts + " in the ledger, and");
      out.println(HEAD);
      differences.stream().limit(SHOWN).forEach(out::println);
      if (removed > 0) {
        out.printf(
            Locale.ROOT,
            "(%,d records of the topic are no more there: what the ledger knows of them can't be"
                + " built again)%n",
            removed);
      }
    }
    out.flush();
    return differences.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }
}
