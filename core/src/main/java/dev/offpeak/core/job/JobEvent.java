package dev.offpeak.core.job;

import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has happened to a job: the result of a {@link JobStep}. */
public sealed interface JobEvent {

  /** What is wrong when it is told of a job in a state in which it can't happen. */
  default IllegalStateException impossibleIn(JobState state) {
    return new IllegalStateException(this + " can't happen to a job that is " + state);
  }

  /** The quota lets it begin. */
  record TurnCame() implements JobEvent {}

  /**
   * The input file is at the provider.
   *
   * @param isReady whether a job can be made of it already
   */
  record FileUploaded(String inputFile, boolean isReady) implements JobEvent {

    /** A file of which a job can be made. */
    public FileUploaded(String inputFile) {
      this(inputFile, true);
    }
  }

  /**
   * The file that was looked for is there, or (null) nothing of it is.
   *
   * @param isReady whether a job can be made of it already
   */
  record FileSearched(@Nullable String inputFile, boolean isReady) implements JobEvent {

    /** A file of which a job can be made, or none. */
    public FileSearched(@Nullable String inputFile) {
      this(inputFile, true);
    }
  }

  /** How the input file is. */
  record FileSeen(InputFile.State state) implements JobEvent {}

  /** A create is allowed now. */
  record CreateTurnCame() implements JobEvent {}

  /** The provider has made the job. */
  record JobCreated(ProviderJob job) implements JobEvent {}

  /**
   * The jobs that may be ours, oldest first.
   *
   * @param step the search
   */
  record JobsSearched(JobStep.SearchJobs step, List<ProviderJob> found) implements JobEvent {
    public JobsSearched {
      found = List.copyOf(found);
    }
  }

  /** The input file is no longer there. */
  record FileBurnt() implements JobEvent {}

  /**
   * Which of the candidates is ours; null when none is.
   *
   * @param step what was to be proved
   */
  record Proved(JobStep.Prove step, @Nullable ProviderJob ours) implements JobEvent {}

  /**
   * A person has settled a doubt.
   *
   * @param jobId the provider's job that is ours; null when none is, so that it may be created anew
   */
  record SettledByHand(@Nullable String jobId) implements JobEvent {}

  /** The provider has shown the job. */
  record JobSeen(ProviderJob job) implements JobEvent {}

  /** The provider was asked to cancel the job, and this is how the job is. */
  record CancelAsked(ProviderJob job) implements JobEvent {}

  /**
   * A call did not succeed.
   *
   * @param step the step that made it
   * @param inARow how many calls of this job have failed since the last success, this one included
   */
  record CallFailed(JobStep step, ProviderError why, int inARow) implements JobEvent {}
}
