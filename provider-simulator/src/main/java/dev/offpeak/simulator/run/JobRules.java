package dev.offpeak.simulator.run;

import dev.offpeak.simulator.fault.JobScript;
import dev.offpeak.simulator.job.Job;
import dev.offpeak.simulator.job.JobContents;
import dev.offpeak.simulator.job.JobError;
import dev.offpeak.simulator.job.JobResults;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What differs from provider to provider in the life of a job.
 *
 * @param <O> what a caller asks for, in the provider's words
 */
public interface JobRules<O> {
  /** What looking at the input of a job came to. */
  sealed interface Check {
    /** It can run. */
    record Valid(JobContents contents) implements Check {}

    /** It fails. */
    record Invalid(List<JobError> errors) implements Check {
      /** The failure that a fault wants. */
      public static Optional<Check> scripted(JobScript script) {
        String message =
            Objects.requireNonNullElse(script.failMessage(), "Validation failed by a fault.");
        return Optional.ofNullable(script.failCode())
            .map(
                code ->
                    new Invalid(
                        List.of(
                            new JobError(code, message, script.failParam(), script.failLine()))));
      }
    }
  }

  /**
   * Looks at the input of a new job and takes it into the work files.
   *
   * @throws IOException when a file of the simulator cannot be read or written
   */
  Check check(Job<O> job) throws IOException;

  /**
   * Whether a valid job may take its place in the queue now; called for one job at a time.
   *
   * @return why it fails, empty when it may run
   */
  Optional<JobError> admit(Job<O> job, JobContents contents);

  /**
   * Puts the results of a job that ends to where they can be fetched. A killed process may repeat
   * it.
   */
  JobResults publish(Job<O> job) throws IOException;

  /** Simulated milliseconds between the end of a completed job and its results. */
  long lateResultsMs();
}
