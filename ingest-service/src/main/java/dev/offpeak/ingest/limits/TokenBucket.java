package dev.offpeak.ingest.limits;

import java.time.Duration;

/**
 * So much a minute: what is not used is saved up, for one minute at most. May be overdrawn when
 * something turns out to be more than was thought; then nothing is given until that is paid back.
 * Not safe for threads.
 */
final class TokenBucket {

  private static final double NANOS = Duration.ofMinutes(1).toNanos();

  private final long perMinute;
  private double left;
  private long at;

  /** A full one, at that time of a clock that only goes on. */
  TokenBucket(long perMinute, long now) {
    this.perMinute = perMinute;
    this.left = perMinute;
    this.at = now;
  }

  long perMinute() {
    return perMinute;
  }

  /** What could be taken now; not below zero. */
  long left(long now) {
    fill(now);
    return (long) Math.max(0, left);
  }

  /** Takes as much; what is more than can ever be saved up is given when all is there. */
  void take(long amount, long now) {
    fill(now);
    left = Math.max(left - amount, (double) -perMinute);
  }

  /** Puts back what was not needed; less than nothing takes more. */
  void correct(long amount, long now) {
    fill(now);
    left = Math.clamp(left + amount, (double) -perMinute, (double) perMinute);
  }

  /** How long it is until as much is there; zero when it is now. */
  Duration until(long amount, long now) {
    fill(now);
    double missing = Math.min(amount, perMinute) - left;
    return missing <= 0
        ? Duration.ZERO
        : Duration.ofNanos((long) Math.ceil(missing * NANOS / perMinute));
  }

  private void fill(long now) {
    long passed = Math.max(0, now - at);
    left = Math.min((double) perMinute, left + passed * (perMinute / NANOS));
    at = Math.max(at, now);
  }
}
