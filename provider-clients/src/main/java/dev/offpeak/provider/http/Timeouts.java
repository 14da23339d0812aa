package dev.offpeak.provider.http;

import java.time.Duration;

/**
 * How long to wait for a provider.
 *
 * @param answer from the end of the request to the answer (of small answers: to their end)
 * @param idle longest time without a byte while a file goes up or comes down
 */
public record Timeouts(Duration answer, Duration idle) {

  /** Two minutes each. */
  public static final Timeouts DEFAULT = new Timeouts(Duration.ofMinutes(2), Duration.ofMinutes(2));
}
