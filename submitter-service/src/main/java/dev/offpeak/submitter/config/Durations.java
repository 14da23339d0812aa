package dev.offpeak.submitter.config;

import java.time.Duration;

/** What durations of the settings must be. */
final class Durations {

  private Durations() {}

  static void positive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be positive");
    }
  }

  static void notNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " is " + value + "; it must not be negative");
    }
  }
}
