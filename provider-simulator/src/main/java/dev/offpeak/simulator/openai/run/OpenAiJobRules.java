package dev.offpeak.simulator.openai.run;

import dev.offpeak.simulator.job.Job;
import dev.offpeak.simulator.job.JobBoard;
import dev.offpeak.simulator.job.JobContents;
import dev.offpeak.simulator.job.JobError;
import dev.offpeak.simulator.job.JobResults;
import dev.offpeak.simulator.job.Progress;
import dev.offpeak.simulator.openai.batch.BatchOrder;
import dev.offpeak.simulator.openai.rules.OpenAiRules;
import dev.offpeak.simulator.run.JobRules;
import dev.offpeak.simulator.run.WorkFiles;
import dev.offpeak.simulator.store.FileStore;
import dev.offpeak.simulator.store.Ids;
import dev.offpeak.simulator.store.StoredFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How an OpenAI batch lives. */
public final class OpenAiJobRules implements JobRules<BatchOrder> {
  private final JobBoard<BatchOrder> board;
  private final FileStore files;
  private final WorkFiles work;
  private final OpenAiRules rules;
  private final InputCheck inputCheck;

  /** Input files come from the store, result files go to it. */
  public OpenAiJobRules(
      JobBoard<BatchOrder> board, FileStore files, WorkFiles work, OpenAiRules rules) {
    this.board = board;
    this.files = files;
    this.work = work;
    this.rules = rules;
    this.inputCheck = new InputCheck(files, work, rules);
  }

  @Override
  public Check check(Job<BatchOrder> job) throws IOException {
    Optional<Check> scripted = Check.Invalid.scripted(job.script());
    return scripted.isPresent() ? scripted.get() : inputCheck.check(job);
  }

  @Override
  public Optional<JobError> admit(Job<BatchOrder> job, JobContents contents) {
    String model = contents.model();
    long limit = rules.limits().enqueuedTokens(model);
    long enqueued =
        board
            .unfinished(job.owner())
            .filter(other -> other.contents().model().equals(model))
            .mapToLong(other -> other.contents().enqueuedTokens())
            .sum();
    if (enqueued + contents.enqueuedTokens() <= limit) {
      return Optional.empty();
    }
    String message =
        "Enqueued token limit reached for %s in organization %s. Limit: %,d enqueued tokens. Please try again once some in_progress batches have been completed."
            .formatted(model, job.owner(), limit);
    String code = ValidationCode.TOKEN_LIMIT_EXCEEDED.wire(rules.codeNames());
    return Optional.of(new JobError(code, message, null, null));
  }

  @Override
  public JobResults publish(Job<BatchOrder> job) throws IOException {
    Progress progress = job.progress();
    return new JobResults(
        progress.outputBytes() > 0 ? stored(job, "output", work.output(job.id())) : null,
        progress.errorBytes() > 0 ? stored(job, "error", work.error(job.id())) : noErrors(job));
  }

  private String stored(Job<BatchOrder> job, String kind, Path part) throws IOException {
    String id = Ids.derived("file-", job.id() + kind);
    if (!job.script().loseResults()) {
      long lifeSeconds =
          Objects.requireNonNullElse(
              job.order().outputLifeSeconds(), rules.limits().fileLifeSeconds());
      String name = job.id() + "_" + kind + ".jsonl";
      files.adopt(
          new StoredFile.Draft(id, job.owner(), name, "batch_output", "", "", lifeSeconds * 1000),
          part);
    }
    return id;
  }

  private @Nullable String noErrors(Job<BatchOrder> job) {
    return rules.quirks().emptyErrorFileId() && job.contents().requests() > 0 ? "" : null;
  }

  @Override
  public long lateResultsMs() {
    return rules.quirks().lateOutputFileMs();
  }
}
