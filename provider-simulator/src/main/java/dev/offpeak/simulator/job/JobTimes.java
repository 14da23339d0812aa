package dev.offpeak.simulator.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of a job and when it entered each state that it was in, in simulated milliseconds.
 *
 * @param state the state
 * @param since by state
 */
public record JobTimes(JobState state, Map<JobState, Long> since) {
  static JobTimes created(long now) {
    return new JobTimes(JobState.VALIDATING, Map.of(JobState.VALIDATING, now));
  }

  JobTimes to(JobState next, long now) {
    Map<JobState, Long> times = new EnumMap<>(since);
    times.put(next, now);
    return new JobTimes(next, times);
  }

  /** When the job entered a state, null when it never did. */
  public @Nullable Long at(JobState entered) {
    return since.get(entered);
  }

  /** When the job entered the state that it is in. */
  @JsonIgnore
  public long latest() {
    Long at = since.get(state);
    if (at == null) {
      throw new IllegalStateException("The time of " + state + " is missing");
    }
    return at;
  }

  /** When it was created. */
  @JsonIgnore
  long created() {
    return since.getOrDefault(JobState.VALIDATING, 0L);
  }
}
