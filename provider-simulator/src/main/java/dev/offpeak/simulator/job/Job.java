package dev.offpeak.simulator.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.offpeak.simulator.fault.JobScript;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job. Times are simulated milliseconds since the epoch.
 *
 * @param <O> what the caller asked for, in the provider's words
 * @param id its id
 * @param owner the organisation that pays
 * @param ordinal counts jobs in order of creation
 * @param order what was asked for
 * @param script what a fault wants of it
 * @param expiresAt the end of its window
 * @param times its state and when it entered which
 * @param contents what is in its input, once that was looked at
 * @param errors why it failed
 * @param progress how far its execution is
 * @param results null until they can be fetched
 * @param deleted whether its owner deleted it
 */
public record Job<O>(
    String id,
    String owner,
    long ordinal,
    O order,
    JobScript script,
    long expiresAt,
    JobTimes times,
    JobContents contents,
    List<JobError> errors,
    Progress progress,
    @Nullable JobResults results,
    boolean deleted) {

  private Job<O> copy(
      JobTimes itsTimes,
      JobContents itsContents,
      List<JobError> itsErrors,
      Progress itsProgress,
      @Nullable JobResults itsResults,
      boolean itsDeletion) {
    return new Job<>(
        id,
        owner,
        ordinal,
        order,
        script,
        expiresAt,
        itsTimes,
        itsContents,
        itsErrors,
        itsProgress,
        itsResults,
        itsDeletion);
  }

  /** Its state. */
  @JsonIgnore
  public JobState state() {
    return times.state();
  }

  /** When it was created. */
  @JsonIgnore
  public long createdAt() {
    return times.created();
  }

  /** Whether it does not change any more. */
  @JsonIgnore
  public boolean settled() {
    return state().terminal() && !resultsPending();
  }

  /** Whether it is completed and its results are still to come. */
  @JsonIgnore
  public boolean resultsPending() {
    return state() == JobState.COMPLETED && results == null;
  }

  /** The job after it entered a state. */
  public Job<O> to(JobState next, long now) {
    return copy(times.to(next, now), contents, errors, progress, results, deleted);
  }

  /** The job after its validation failed. */
  public Job<O> failed(List<JobError> why, long now) {
    return copy(
        times.to(JobState.FAILED, now),
        JobContents.UNKNOWN,
        List.copyOf(why),
        progress,
        null,
        deleted);
  }

  /** The job after its validation succeeded. */
  public Job<O> validated(JobContents itsContents, long now) {
    return copy(times.to(JobState.RUNNING, now), itsContents, errors, progress, results, deleted);
  }

  /** The job after some of its requests were executed. */
  public Job<O> with(Progress further) {
    return copy(times, contents, errors, further, results, deleted);
  }

  /** The job with its results ready to be fetched. */
  public Job<O> with(JobResults ready) {
    return copy(times, contents, errors, progress, ready, deleted);
  }

  /** The job after its owner deleted it. */
  public Job<O> asDeleted() {
    return copy(times, contents, errors, progress, results, true);
  }
}
