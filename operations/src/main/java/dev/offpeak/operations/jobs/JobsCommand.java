package dev.offpeak.operations.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.ClusterOptions;
import dev.offpeak.operations.cluster.TopicReader;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offpeak jobs}: the provider jobs, oldest batch first. */
@Command(
    name = "jobs",
    mixinStandardHelpOptions = true,
    description = "List provider jobs with their state and progress.")
public final class JobsCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Option(names = "--ended", description = "Also those that have ended.")
  private boolean ended;

  @Option(names = "--account", paramLabel = "NAME", description = "Of that account only.")
  private @Nullable String account;

  @Override
  public Integer call() throws InterruptedException {
    Map<String, JobRecord> jobs = new TreeMap<>();
    try (Cluster open = cluster.open(System.getenv())) {
      TopicReader reader = new TopicReader(open);
      Deserializer<JobRecord> values = open.serdes().deserializer(JobRecord.class);
      reader.read(
          reader.slice(open.topics().jobs().name(), null, null),
          record -> {
            String batchId = new String(record.key(), UTF_8);
            if (record.value() == null) {
              jobs.remove(batchId);
            } else {
              jobs.put(batchId, values.deserialize(record.topic(), record.value()));
            }
          });
    }
    jobs.values().removeIf(job -> !isMeant(job));
    PrintWriter out = Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
    print(jobs, out);
    return 0;
  }

  private boolean isMeant(JobRecord job) {
    return (ended || job.getState() != JobStateName.ENDED)
        && (account == null || account.equals(job.getAccount()));
  }

  private static void print(Map<String, JobRecord> jobs, PrintWriter out) {
    Clock clock = Clock.systemUTC();
    out.printf(
        "%-26s  %-11s  %-24s  %9s  %9s  %7s  %8s  %s%n",
        "batch", "state", "account model", "requests", "done", "failed", "since", "job");
    for (JobRecord job : jobs.values()) {
      out.printf(
          Locale.ROOT,
          "%-26s  %-11s  %-24s  %,9d  %,9d  %,7d  %8s  %s%n",
          job.getBatchId(),
          state(job),
          job.getAccount() + " " + job.getModel(),
          job.getRequests(),
          job.getDone(),
          job.getFailed(),
          age(Duration.between(job.getSince(), clock.instant())),
          job.getProviderJobId() == null ? "" : job.getProviderJobId());
      if (job.getProblem() != null) {
        out.println("    " + job.getProblem());
      }
    }
    out.printf(Locale.ROOT, "%,d jobs%n", jobs.size());
    out.flush();
  }

  private static String state(JobRecord job) {
    String state = job.getEnded() == null ? job.getState().name() : job.getEnded().name();
    return state.toLowerCase(Locale.ROOT);
  }

  private static String age(Duration age) {
    return age.toHours() > 0
        ? age.toHours() + "h" + age.toMinutesPart() + "m"
        : age.toMinutes() > 0
            ? age.toMinutes() + "m" + age.toSecondsPart() + "s"
            : age.toSeconds() + "s";
  }
}
