package dev.offpeak.testkit.time;

import java.time.Duration;

/**
 * How long tests wait for what must happen. Only a test that fails waits so long: this says nothing
 * of how fast anything is, and must be enough on a machine that does five other things.
 */
public final class Patience {

  /** With what goes on in this process or next door. */
  public static final Duration LONG = Duration.ofMinutes(5);

  private Patience() {}
}
