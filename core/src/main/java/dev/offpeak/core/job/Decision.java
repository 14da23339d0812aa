package dev.offpeak.core.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an event. First the state is recorded, if there is one; only then the chores
 * and the next step are done.
 *
 * @param write the state to record and to be in from then on; null when nothing changes
 * @param next what to do then
 */
public record Decision(@Nullable JobState write, JobStep next, List<Chore> chores) {

  public Decision {
    chores = List.copyOf(chores);
  }

  /** Records a state and goes on. */
  public static Decision write(JobState state, JobStep next) {
    return new Decision(state, next, List.of());
  }

  /** Goes on in the same state. */
  public static Decision stay(JobStep next) {
    return new Decision(null, next, List.of());
  }

  /** The same with something to clean up. */
  public Decision and(Chore... more) {
    return new Decision(write, next, List.of(more));
  }
}
