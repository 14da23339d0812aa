package dev.offpeak.simulator.openai.run;

import dev.offpeak.simulator.job.JobTask;
import dev.offpeak.simulator.job.Pace;
import dev.offpeak.simulator.openai.batch.BatchBoard;
import dev.offpeak.simulator.openai.batch.BatchJob;
import dev.offpeak.simulator.openai.batch.BatchStatus;
import dev.offpeak.simulator.openai.batch.Progress;
import dev.offpeak.simulator.openai.rules.OpenAiRules;
import dev.offpeak.simulator.store.FileStore;
import dev.offpeak.simulator.store.Ids;
import dev.offpeak.simulator.time.SimClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Moves a batch from state to state, one bounded step at a time. */
public final class BatchLife implements JobTask {
  private static final int MOST_LINES_A_STEP = 4096;

  private final BatchBoard board;
  private final FileStore files;
  private final WorkFiles work;
  private final Validation validation;
  private final Execution execution;
  private final OpenAiRules rules;
  private final Pace pace;
  private final SimClock clock;

  /** Wires the parts of a life. */
  public BatchLife(
      BatchBoard board,
      FileStore files,
      WorkFiles work,
      Validation validation,
      Execution execution,
      OpenAiRules rules,
      Pace pace,
      SimClock clock) {
    this.board = board;
    this.files = files;
    this.work = work;
    this.validation = validation;
    this.execution = execution;
    this.rules = rules;
    this.pace = pace;
    this.clock = clock;
  }

  /** Makes a batch that an earlier process left stand where its record says. */
  public void restart(BatchJob job) throws IOException {
    if (job.total() > 0 && !job.status().terminal()) {
      execution.cutBack(job);
    }
  }

  @Override
  public long step(String batchId) throws IOException {
    BatchJob job = board.get(batchId);
    if (job.settled()) {
      return ENDED;
    }
    long now = clock.millis();
    if (!job.status().terminal() && now >= job.expiresAt()) {
      expire(job);
      return ENDED;
    }
    long due = due(job);
    if (now < due) {
      return Math.min(due, job.status().terminal() ? due : job.expiresAt());
    }
    return switch (job.status()) {
      case VALIDATING -> {
        validation.run(job);
        yield now;
      }
      case IN_PROGRESS -> run(job, now);
      case FINALIZING -> {
        complete(job);
        yield now;
      }
      case CANCELLING -> {
        cancel(job);
        yield ENDED;
      }
      case COMPLETED -> {
        attachFiles(job);
        yield ENDED;
      }
      case FAILED, EXPIRED, CANCELLED -> ENDED;
    };
  }

  /** When the batch may leave its state, or do the next part of its work. */
  private long due(BatchJob job) {
    if (job.status().wire().equals(job.order().script().stuck())) {
      return Long.MAX_VALUE;
    }
    long since = job.since(job.status());
    return switch (job.status()) {
      case VALIDATING -> since + pace.validation().toMillis();
      case FINALIZING -> since + pace.finalizing().toMillis();
      case CANCELLING -> since + pace.cancelling().toMillis();
      case COMPLETED -> since + rules.quirks().lateOutputFileMs();
      case IN_PROGRESS, FAILED, EXPIRED, CANCELLED -> since;
    };
  }

  private long run(BatchJob job, long now) throws IOException {
    int executed = job.progress().executed();
    int due = pace.due(job.total(), now - job.since(BatchStatus.IN_PROGRESS));
    Double expireAt = job.order().script().expireAt();
    int last = expireAt == null ? job.total() : (int) Math.floor(job.total() * expireAt);
    if (executed == job.total() || executed >= last) {
      if (expireAt != null) {
        expire(job);
        return ENDED;
      }
      move(job, BatchStatus.IN_PROGRESS, BatchStatus.FINALIZING);
      return now;
    }
    int next = Math.min(Math.min(due, last), executed + MOST_LINES_A_STEP);
    if (next <= executed) {
      return Math.min(now + pace.tickMillis(), job.expiresAt());
    }
    Progress progress = execution.executeUpTo(job, next);
    board.update(job.id(), newest -> newest.with(progress));
    return now;
  }

  private void move(BatchJob job, BatchStatus from, BatchStatus to) {
    board.update(job.id(), b -> b.status() == from ? b.to(to, clock.millis()) : b);
  }

  private void complete(BatchJob job) throws IOException {
    storeFiles(job);
    move(job, BatchStatus.FINALIZING, BatchStatus.COMPLETED);
    BatchJob completed = board.get(job.id());
    if (completed.filesPending() && rules.quirks().lateOutputFileMs() == 0) {
      attachFiles(completed);
    }
  }

  private void attachFiles(BatchJob job) throws IOException {
    board.update(job.id(), newest -> newest.withFiles(outputId(job), errorId(job)));
    work.clear(job.id());
  }

  private void expire(BatchJob job) throws IOException {
    String message = "This request could not be executed before the completion window expired.";
    end(
        job.total() > 0 ? job.with(execution.giveUp(job, "batch_expired", message)) : job,
        BatchStatus.EXPIRED);
  }

  private void cancel(BatchJob job) throws IOException {
    String message = "This request was not executed because the batch was cancelled.";
    boolean lines = job.total() > 0 && rules.quirks().cancelledLinesInErrorFile();
    end(
        lines ? job.with(execution.giveUp(job, "batch_cancelled", message)) : job,
        BatchStatus.CANCELLED);
  }

  /** Ends a batch in one change, so that a killed process repeats all of its end or nothing. */
  private void end(BatchJob job, BatchStatus status) throws IOException {
    storeFiles(job);
    board.update(
        job.id(),
        newest ->
            newest
                .with(job.progress())
                .to(status, clock.millis())
                .withFiles(outputId(job), errorId(job)));
    work.clear(job.id());
  }

  private void storeFiles(BatchJob job) throws IOException {
    if (job.progress().outputBytes() > 0) {
      store(job, Ids.derived("file-", job.id() + "output"), work.output(job.id()), "_output.jsonl");
    }
    if (job.progress().errorBytes() > 0) {
      store(job, Ids.derived("file-", job.id() + "error"), work.error(job.id()), "_error.jsonl");
    }
  }

  private void store(BatchJob job, String fileId, Path part, String suffix) throws IOException {
    long life =
        Objects.requireNonNullElse(
            job.order().outputLifeSeconds(), rules.limits().fileLifeSeconds());
    files.adopt(fileId, job.owner(), part, job.id() + suffix, "batch_output", life * 1000);
  }

  private static @Nullable String outputId(BatchJob job) {
    return job.progress().outputBytes() > 0 ? Ids.derived("file-", job.id() + "output") : null;
  }

  private @Nullable String errorId(BatchJob job) {
    if (job.progress().errorBytes() > 0) {
      return Ids.derived("file-", job.id() + "error");
    }
    return rules.quirks().emptyErrorFileId() && job.total() > 0 ? "" : null;
  }
}
