package dev.offpeak.standalone.run;

import dev.offpeak.core.text.Visible;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.standalone.report.Events;
import dev.offpeak.standalone.report.ProgressBar;
import dev.offpeak.standalone.report.ProgressView;
import dev.offpeak.standalone.report.Summary;
import dev.offpeak.standalone.report.WaitWords;
import dev.offpeak.standalone.state.FinishedRun;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a run says how it goes.
 *
 * @param progress gets the progress
 * @param columns of the terminal behind it, or null when a line of it can't be written over
 * @param words gets what is said at the end
 * @param json whether all is said to a machine, to {@code words}
 */
public record RunConsole(
    PrintStream progress, @Nullable IntSupplier columns, PrintStream words, boolean json) {

  private static final int USUAL = 80;
  private static final String GO_ON =
      "Run the same command again to go on and collect, or with --cancel to cancel.";

  /** For a person. */
  public RunConsole(PrintStream progress, boolean terminal, PrintStream words) {
    this(progress, terminal ? () -> USUAL : null, words, false);
  }

  /** Shows where it stands. */
  public ProgressView view() {
    return json ? new Events(words) : new ProgressBar(progress, columns);
  }

  /** All was done. */
  public void summary(Summary summary) {
    if (json) {
      new Events(words).finished(summary);
    } else {
      say(summary.text());
    }
  }

  /** Files are being deleted at the provider, and that takes a while. */
  void deletes(Instant until) {
    String said =
        "deletes its files at the provider, until " + WaitWords.at(until) + " at the latest";
    if (json) {
      new Events(words).say("deletes", said);
    } else {
      progress.println(said);
    }
  }

  /** All was done before, by an earlier run that ended so. */
  public void finishedBefore(FinishedRun before) {
    String said = "This input was finished before, and its outcomes are where that run put them.\n";
    if (json) {
      new Events(words).say("finished_before", said.strip());
    } else {
      say(said + before.summary());
    }
  }

  /** The run was stopped and left these jobs. */
  public void stopped(List<JobRecord> atProvider) {
    left("stopped", "Stopped.", atProvider);
  }

  /** Nothing has moved for too long. */
  public void waitedInVain(String reason, List<JobRecord> atProvider) {
    left("waited_in_vain", reason, atProvider);
  }

  private void left(String event, String message, List<JobRecord> atProvider) {
    List<String> jobs = atProvider.stream().map(RunConsole::line).toList();
    if (json) {
      new Events(words).left(event, message, jobs);
      return;
    }
    StringBuilder text = new StringBuilder(message).append('\n');
    if (!jobs.isEmpty()) {
      text.append("These jobs go on at the provider:\n");
      jobs.forEach(job -> text.append("  ").append(job).append('\n'));
    }
    say(text.append(GO_ON).append('\n').toString());
  }

  private static String line(JobRecord job) {
    return Visible.of(
        String.format(
            Locale.ROOT,
            "%s  %,d requests, %s",
            job.getProviderJobId(),
            job.getRequests(),
            job.getProviderStatus()));
  }

  private void say(String text) {
    words.print(text);
    words.flush();
  }
}
