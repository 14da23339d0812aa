package dev.offpeak.provider.account;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.Default;
import dev.offpeak.runtime.http.Pace;
import java.time.Duration;

/**
 * How long to wait for a provider, whatever it does or asks for.
 *
 * @param answer from the end of the request to the answer (of small answers: to their end)
 * @param idle longest time without a byte while a file goes up or comes down
 * @param slowest a file that goes up or comes down with fewer bytes a second, over {@code idle}, is
 *     given up as if nothing came
 * @param longestWait a provider that asks to be left alone for longer is asked again after this
 */
public record Timeouts(
    @Default("2m") Duration answer,
    @Default("2m") Duration idle,
    @Default("1KiB") ByteSize slowest,
    @Default("1h") Duration longestWait) {

  /** Two minutes each, a kilobyte a second, an hour. */
  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofMinutes(2),
          Duration.ofMinutes(2),
          ByteSize.parse("1KiB"),
          Duration.ofHours(1));

  public Timeouts {
    positive("answer", answer);
    positive("idle", idle);
    positive("longest-wait", longestWait);
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be more than 0");
    }
  }

  /** The pace that one transfer has to keep. */
  public Pace pace() {
    return new Pace(idle, slowest.bytes());
  }

  /** The usual bounds, but nothing may take longer than that. */
  public static Timeouts within(Duration longest) {
    return new Timeouts(longest, longest, DEFAULT.slowest, DEFAULT.longestWait);
  }
}
