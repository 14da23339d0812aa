package dev.offpeak.standalone.run;

import dev.offpeak.batcher.admit.DeadlinePolicy;
import dev.offpeak.runtime.config.Default;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the answers of a run are needed.
 *
 * @param within from when the lines are read; null for whenever they come
 * @param policy what becomes of requests whose deadline no batch can keep
 */
public record Deadlines(@Nullable Duration within, @Default("fail") DeadlinePolicy policy) {

  /** Answers may come whenever they do. */
  public static final Deadlines NONE = new Deadlines(null, DeadlinePolicy.FAIL);

  public Deadlines {
    if (within != null && !within.isPositive()) {
      throw new IllegalArgumentException("within is " + within + "; it must be positive");
    }
  }
}
