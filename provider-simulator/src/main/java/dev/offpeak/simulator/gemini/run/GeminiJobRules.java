package dev.offpeak.simulator.gemini.run;

import dev.offpeak.simulator.gemini.batch.BatchOrder;
import dev.offpeak.simulator.gemini.files.FilesApi;
import dev.offpeak.simulator.gemini.rules.GeminiQuirks;
import dev.offpeak.simulator.gemini.rules.GeminiRules;
import dev.offpeak.simulator.gemini.wire.RpcCode;
import dev.offpeak.simulator.job.Job;
import dev.offpeak.simulator.job.JobContents;
import dev.offpeak.simulator.job.JobError;
import dev.offpeak.simulator.job.JobResults;
import dev.offpeak.simulator.job.JobState;
import dev.offpeak.simulator.ledger.Ledger;
import dev.offpeak.simulator.run.JobRules;
import dev.offpeak.simulator.run.WorkFiles;
import dev.offpeak.simulator.store.FileStore;
import dev.offpeak.simulator.store.StoredFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/** How a Gemini batch lives. One that expires, or is cancelled, has no results at all. */
public final class GeminiJobRules implements JobRules<BatchOrder> {
  private final FileStore files;
  private final FileStore inlineResults;
  private final WorkFiles work;
  private final Ledger ledger;
  private final GeminiRules rules;

  /**
   * @param files where input files come from and result files go to
   * @param inlineResults where the results of inline requests go to
   */
  public GeminiJobRules(
      FileStore files, FileStore inlineResults, WorkFiles work, Ledger ledger, GeminiRules rules) {
    this.files = files;
    this.inlineResults = inlineResults;
    this.work = work;
    this.ledger = ledger;
    this.rules = rules;
  }

  @Override
  public Check check(Job<BatchOrder> job) throws IOException {
    Optional<Check> scripted = Check.Invalid.scripted(job.script());
    if (scripted.isPresent()) {
      return scripted.get();
    }
    if (job.order().inline()) {
      return new Check.Valid(job.contents());
    }
    return takeInput(job)
        ? new FileCheck(work, rules.limits()).check(job)
        : new Check.Invalid(
            List.of(
                new JobError(
                    RpcCode.NOT_FOUND.name(),
                    "The input file " + job.order().fileName() + " is gone.",
                    null,
                    null)));
  }

  private boolean takeInput(Job<BatchOrder> job) throws IOException {
    String name = job.order().fileName();
    Optional<StoredFile> file =
        name == null ? Optional.empty() : files.find(job.owner(), FilesApi.id(name));
    if (file.isEmpty()) {
      return false;
    }
    try {
      work.linkInput(job.id(), files.content(file.get().id()));
      return true;
    } catch (NoSuchFileException e) {
      return false; // deleted a moment ago
    }
  }

  @Override
  public Optional<JobError> admit(Job<BatchOrder> job, JobContents contents) {
    return Optional.empty();
  }

  @Override
  public JobResults publish(Job<BatchOrder> job) throws IOException {
    GeminiQuirks quirks = rules.quirks();
    boolean completed = job.state() == JobState.COMPLETED || job.state() == JobState.FINALIZING;
    boolean kept = job.state() == JobState.CANCELLED && quirks.cancelledResults();
    if (!completed && !kept) {
      if (!quirks.billedWithoutResults()) {
        ledger.forgive(job.id());
      }
      return JobResults.NONE;
    }
    boolean inline = job.order().inline();
    String id = inline ? job.id() : "batch-" + job.id();
    if (!job.script().loseResults()) {
      FileStore store = inline ? inlineResults : files;
      store.adopt(
          new StoredFile.Draft(
              id,
              job.owner(),
              "",
              FilesApi.GENERATED,
              "application/jsonl",
              "",
              rules.limits().fileLifeSeconds() * 1000),
          work.output(job.id()));
    }
    return new JobResults(id, null);
  }

  @Override
  public long lateResultsMs() {
    return rules.quirks().lateResultsMs();
  }
}
