package dev.offpeak.benchmarks.measure;

import java.util.Locale;

/** What a ratio should be. */
public sealed interface Aim {

  /** The ratio of two measured times. */
  double ratio(double rawSeconds, double ourSeconds);

  /** Whether a ratio is as good as it should be. */
  boolean isMet(double ratio);

  /** The speed of raw Kafka is 1; faster is better. */
  record SpeedAtLeast(double least) implements Aim {
    @Override
    public double ratio(double rawSeconds, double ourSeconds) {
      return rawSeconds / ourSeconds;
    }

    @Override
    public boolean isMet(double ratio) {
      return ratio >= least;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "speed ≥ %.2f", least);
    }
  }

  /** The time of raw Kafka is 1; shorter is better. */
  record TimeAtMost(double most) implements Aim {
    @Override
    public double ratio(double rawSeconds, double ourSeconds) {
      return ourSeconds / rawSeconds;
    }

    @Override
    public boolean isMet(double ratio) {
      return ratio <= most;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "time ≤ %.2f", most);
    }
  }
}
