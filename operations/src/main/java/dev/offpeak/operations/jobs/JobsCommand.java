package dev.offpeak.operations.jobs;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.ClusterOptions;
import dev.offpeak.operations.cluster.CommandEnvironment;
import dev.offpeak.operations.cluster.SkippedRecords;
import dev.offpeak.operations.inventory.InstallationAccounts;
import dev.offpeak.operations.inventory.NothingFound;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code offpeak jobs}: the provider jobs, oldest batch first, or the quotas that they count for.
 */
@Command(
    name = "jobs",
    mixinStandardHelpOptions = true,
    description = "List provider jobs with their state and progress.")
public final class JobsCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ClusterOptions cluster;

  @Option(names = "--ended", description = "Also those that have ended.")
  private boolean ended;

  @Option(names = "--account", paramLabel = "NAME", description = "Of that account only.")
  private @Nullable String account;

  @Option(
      names = "--quotas",
      description =
          "Instead, how much of each quota is used, and what refusals and reported usage have"
              + " taught of it.")
  private boolean quotas;

  @Option(names = "--json", description = "One JSON object a line, for a program.")
  private boolean json;

  /** The command with those below it, started there. */
  public static CommandLine commandLine(CommandEnvironment surroundings) {
    return new CommandLine(new JobsCommand(surroundings))
        .addSubcommand(new AdoptCommand(surroundings))
        .addSubcommand(new DiscardCommand(surroundings));
  }

  private JobsCommand(CommandEnvironment surroundings) {
    this.cluster = new ClusterOptions(surroundings);
  }

  @Override
  public Integer call() throws InterruptedException {
    CommandLine line = Objects.requireNonNull(spec, "set by picocli").commandLine();
    SkippedRecords leftOut = new SkippedRecords();
    try (Cluster open = cluster.open()) {
      if (account != null) {
        new InstallationAccounts(open, new SkippedRecords()).require(account);
      }
      if (quotas) {
        listQuotas(open, leftOut, line.getOut());
      } else {
        listJobs(open, leftOut, line.getOut());
      }
    } catch (NothingFound e) {
      throw new ParameterException(line, String.valueOf(e.getMessage()), e);
    }
    line.getOut().flush();
    leftOut.say(line.getErr());
    return 0;
  }

  private void listJobs(Cluster open, SkippedRecords leftOut, PrintWriter out)
      throws InterruptedException {
    Collection<JobRecord> jobs =
        JobTable.read(
                open,
                job -> (ended || job.getState() != JobStateName.ENDED) && isMeant(job.getAccount()),
                leftOut)
            .values();
    if (json) {
      jobs.forEach(job -> out.println(JobsJson.of(job)));
    } else {
      out.print(JobsText.of(jobs, Clock.systemUTC().instant()));
    }
  }

  private void listQuotas(Cluster open, SkippedRecords leftOut, PrintWriter out)
      throws InterruptedException {
    List<Quota> all =
        QuotaTable.read(open, leftOut).stream()
            .filter(quota -> isMeant(quota.scope().account()))
            .toList();
    if (json) {
      all.forEach(quota -> out.println(JobsJson.of(quota)));
    } else {
      out.print(QuotaText.of(all, Clock.systemUTC().instant()));
    }
  }

  private boolean isMeant(String name) {
    return account == null || account.equals(name);
  }
}
