package dev.offpeak.standalone.run;

import dev.offpeak.runtime.config.ByteSize;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a run goes.
 *
 * @param line longest request line
 * @param patience longest time without any progress while a job says what it waits for; null for
 *     ever
 * @param keepProviderFiles whether files stay at the provider when their outcomes are collected
 */
public record RunLimits(ByteSize line, @Nullable Duration patience, boolean keepProviderFiles) {

  private static final ByteSize LARGEST = ByteSize.parse("64MiB");

  /** What holds when nothing is said. */
  public static final RunLimits DEFAULT = new RunLimits(ByteSize.parse("8MiB"), null, false);

  public RunLimits {
    if (line.bytes() < 1024 || line.compareTo(LARGEST) > 0) {
      throw new IllegalArgumentException("it is " + line + "; it must be 1KiB to " + LARGEST);
    }
    if (patience != null && patience.isNegative()) {
      throw new IllegalArgumentException("it is " + patience + "; it must not be negative");
    }
  }
}
