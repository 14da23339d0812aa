package dev.offpeak.standalone.run;

import dev.offpeak.results.completions.job.JobCleaner;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.standalone.outcome.OverJob;
import dev.offpeak.standalone.report.LeftFile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Deletes what a run's jobs have left at their providers, within a bounded time. */
final class Tidying {

  private static final int AT_A_TIME = 8;

  /** What takes longer is worth a word. */
  private static final Duration UNSAID = Duration.ofSeconds(2);

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration EACH = Duration.ofSeconds(1);
  private static final Duration STEP = Duration.ofMillis(200);

  private final JobCleaner cleaner;
  private final Clock clock;
  private final Consumer<Instant> saysUntil;
  private final BooleanSupplier stop;

  /**
   * Deletes with that cleaner.
   *
   * @param saysUntil told until when it goes on at the latest, when it takes a while
   * @param stop whether somebody wants an end
   */
  Tidying(JobCleaner cleaner, Clock clock, Consumer<Instant> saysUntil, BooleanSupplier stop) {
    this.cleaner = cleaner;
    this.clock = clock;
    this.saysUntil = saysUntil;
    this.stop = stop;
  }

  /** Returns what could not be deleted. */
  List<LeftFile> of(List<OverJob> jobs) throws InterruptedException {
    ExecutorService deletions =
        Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().name("delete-", 0).factory());
    List<Future<List<JobCleaner.Left>>> all =
        jobs.stream()
            .map(each -> deletions.submit(() -> cleaner.clean(each.job(), each.delivered())))
            .toList();
    try {
      await(deletions, clock.instant().plus(LONGEST).plus(EACH.multipliedBy(jobs.size())));
    } finally {
      deletions.shutdownNow();
    }
    List<LeftFile> left = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      left.addAll(left(jobs.get(i).job(), all.get(i)));
    }
    return left;
  }

  private void await(ExecutorService deletions, Instant end) throws InterruptedException {
    deletions.shutdown();
    if (deletions.awaitTermination(UNSAID.toMillis(), TimeUnit.MILLISECONDS)) {
      return;
    }
    saysUntil.accept(end);
    boolean over = false;
    while (!over && !stop.getAsBoolean() && clock.instant().isBefore(end)) {
      over = deletions.awaitTermination(STEP.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static List<LeftFile> left(JobEnded job, Future<List<JobCleaner.Left>> deletion) {
    if (deletion.state() == Future.State.SUCCESS) {
      return deletion.resultNow().stream()
          .map(each -> new LeftFile(each.what(), each.reason()))
          .toList();
    }
    String why =
        deletion.state() == Future.State.FAILED
            ? String.valueOf(deletion.exceptionNow())
            : "its provider did not answer in time";
    return List.of(new LeftFile("files of " + job.getProviderJobId(), why));
  }
}
