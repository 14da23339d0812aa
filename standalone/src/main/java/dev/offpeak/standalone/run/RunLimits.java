package dev.offpeak.standalone.run;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.Default;
import dev.offpeak.standalone.node.Node;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a run goes.
 *
 * @param line longest request line
 * @param patience longest time without any progress while a job says what it waits for; null for
 *     ever
 */
public record RunLimits(@Default("8MiB") ByteSize line, @Nullable Duration patience) {

  private static final ByteSize LARGEST = Node.LARGEST_REQUEST;

  /** What holds when nothing is said. */
  public static final RunLimits DEFAULT = new RunLimits(ByteSize.parse("8MiB"), null);

  public RunLimits {
    if (line.bytes() < 1024 || line.compareTo(LARGEST) > 0) {
      throw new IllegalArgumentException("line is " + line + "; it must be 1KiB to " + LARGEST);
    }
    if (patience != null && patience.isNegative()) {
      throw new IllegalArgumentException("patience is " + patience + "; it must not be negative");
    }
  }
}
