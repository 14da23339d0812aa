package dev.offpeak.operations.jobs;

import dev.offpeak.schemas.avro.JobRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;

/** Jobs for a person: a line each, and below it why it waits or failed. */
final class JobsText {

  private JobsText() {}

  static String of(Collection<JobRecord> jobs, Instant now) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%-26s  %-11s  %-24s  %9s  %9s  %7s  %8s  %s%n",
            "batch", "state", "account model", "requests", "done", "failed", "since", "job"));
    for (JobRecord job : jobs) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-26s  %-11s  %-24s  %,9d  %,9d  %,7d  %8s  %s%n",
              job.getBatchId(),
              state(job),
              job.getAccount() + " " + job.getModel(),
              job.getRequests(),
              job.getDone(),
              job.getFailed(),
              age(Duration.between(job.getSince(), now)),
              job.getProviderJobId() == null ? "" : job.getProviderJobId()));
      if (job.getProblem() != null) {
        text.append("    ").append(job.getProblem()).append(until(job, now)).append('\n');
      }
    }
    return text.append(String.format(Locale.ROOT, "%,d jobs%n", jobs.size())).toString();
  }

  /** The latest end of a wait that has one. */
  private static String until(JobRecord job, Instant now) {
    Instant until = job.getNotBefore();
    return until == null || job.getEnded() != null || until.isBefore(now)
        ? ""
        : String.format(" (for %s more at the latest)", age(Duration.between(now, until)));
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
