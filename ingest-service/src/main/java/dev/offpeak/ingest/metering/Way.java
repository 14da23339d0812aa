package dev.offpeak.ingest.metering;

import org.jspecify.annotations.Nullable;

/**
 * How a call is made.
 *
 * @param reason why at once; null when it waits for a batch
 */
public record Way(@Nullable AtOnce reason) {

  /** It becomes a batch. */
  public static final Way WAITS = new Way(null);

  /** Whether it becomes a batch. */
  public boolean waits() {
    return reason == null;
  }
}
