package dev.offpeak.core.job;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a job does next. Each step ends in a {@link JobEvent}. */
public sealed interface JobStep {

  /** Waits until the quota lets it begin. */
  record AwaitTurn(@Nullable Instant notBefore) implements JobStep {}

  /** Uploads the input file of that attempt. Only after Uploading was recorded. */
  record Upload(int attempt) implements JobStep {}

  /** Looks whether the input file of that attempt is there, and deletes what is not whole. */
  record SearchFile(int attempt) implements JobStep {}

  /** Looks whether a job can be made of the input file yet. */
  record LookAtFile(String inputFile) implements JobStep {}

  /** Waits until a create is allowed. */
  record AwaitCreate(@Nullable Instant notBefore) implements JobStep {}

  /** Creates the job. Only after Creating was recorded. */
  record Create(int attempt, @Nullable String inputFile) implements JobStep {}

  /**
   * Looks for jobs that may have come from the create of that attempt.
   *
   * @param since when its intent was recorded
   * @param settled until when the create may still show
   * @param burnt whether no late create can succeed any more
   */
  record SearchJobs(
      int attempt, @Nullable String inputFile, Instant since, Instant settled, boolean burnt)
      implements JobStep {}

  /** Deletes the input file, so that a create which is still under way can't succeed. */
  record Burn(String inputFile) implements JobStep {}

  /**
   * Finds out which of these ended jobs is ours, by the ids in its results.
   *
   * @param again the search that found them, when it came too early to find everything; null when
   *     no further job can show
   */
  record Prove(List<String> jobIds, @Nullable SearchJobs again) implements JobStep {
    public Prove {
      jobIds = List.copyOf(jobIds);
    }
  }

  /** Asks how the job is. */
  record Look(String jobId) implements JobStep {}

  /** Asks the provider to cancel the job. */
  record Cancel(String jobId) implements JobStep {}

  /** Waits, then does the other step. May be cut short when there is news of the job. */
  record Wait(Instant until, JobStep then) implements JobStep {}

  /** Nothing: the job has ended. */
  record Finish() implements JobStep {}
}
