package dev.offpeak.standalone.run;

import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.standalone.report.Summary;
import dev.offpeak.standalone.state.FinishedRun;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * Where a run says how it goes.
 *
 * @param progress gets the progress
 * @param terminal whether a line of it can be written over
 * @param words gets what is said at the end
 */
public record RunConsole(PrintStream progress, boolean terminal, PrintStream words) {

  /** All was done. */
  void summary(Summary summary) {
    words.print(summary.text());
    words.flush();
  }

  /** All was done before, by an earlier run that ended so. */
  void finishedBefore(FinishedRun before) {
    words.print("This input was finished before, and its outcomes are where that run put them.\n");
    words.print(before.summary());
    words.flush();
  }

  /** The run was stopped and left these jobs. */
  void stopped(List<JobRecord> atProvider) {
    StringBuilder text = new StringBuilder("Stopped.\n");
    if (!atProvider.isEmpty()) {
      text.append("These jobs go on at the provider:\n");
      for (JobRecord job : atProvider) {
        text.append(
            String.format(
                Locale.ROOT,
                "  %s  %,d requests, %s%n",
                job.getProviderJobId(),
                job.getRequests(),
                job.getProviderStatus()));
      }
    }
    text.append("Run the same command again to go on and collect, or with --cancel to cancel.\n");
    words.print(text);
    words.flush();
  }
}
