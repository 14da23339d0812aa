package dev.offpeak.batcher.id;

import java.time.Clock;
import java.util.random.RandomGenerator;

/** Mints the ids of batches. */
@FunctionalInterface
public interface BatchIds {

  /** An id that no other batch has. Called by several threads. */
  String next();

  /**
   * Ids in the form of a ULID: 26 characters that sort by time, 48 bits of milliseconds and 80 of
   * chance.
   *
   * @param random must be safe for use by several threads
   */
  static BatchIds ulids(Clock clock, RandomGenerator random) {
    return () -> Ulid.of(clock.millis(), random.nextInt(1 << 16), random.nextLong());
  }
}
