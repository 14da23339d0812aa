package dev.offpeak.standalone.endings;

import dev.offpeak.runtime.time.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time that runs {@link #SPEED} times as fast as that of the machine, for services. */
final class FastTime extends Clock {

  /** A minute in a second: what services wait for half a minute takes half a second. */
  static final int SPEED = 60;

  private final Clock real = Clock.systemUTC();
  private final Instant start = real.instant();

  @Override
  public Instant instant() {
    return start.plus(Duration.between(start, real.instant()).multipliedBy(SPEED));
  }

  /** Waits in this time. */
  Sleeper sleeper() {
    Sleeper system = Sleeper.system();
    return duration -> system.sleep(duration.dividedBy(SPEED));
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("everybody here lives in UTC");
  }
}
