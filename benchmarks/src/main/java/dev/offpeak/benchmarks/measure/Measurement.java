package dev.offpeak.benchmarks.measure;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The times of one comparison.
 *
 * @param comparison what was compared
 * @param rounds in the order they were run, at least one
 */
public record Measurement(Comparison comparison, List<Round> rounds) {

  /** The seconds that each side took for the same input. */
  public record Round(double raw, double ours) {}

  public Measurement {
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("a measurement needs at least one round");
    }
    rounds = List.copyOf(rounds);
  }

  /** The median of raw Kafka's seconds. */
  public double rawSeconds() {
    return median(rounds.stream().mapToDouble(Round::raw));
  }

  /** The median of Offpeak's seconds. */
  public double ourSeconds() {
    return median(rounds.stream().mapToDouble(Round::ours));
  }

  /** The median of the rounds' ratios: both sides of a round had the machine in a like state. */
  public double ratio() {
    return median(ratios());
  }

  /** The ratios of the rounds, from the smallest to the largest. */
  public List<Double> sortedRatios() {
    return ratios().sorted().boxed().toList();
  }

  private DoubleStream ratios() {
    return rounds.stream().mapToDouble(round -> comparison.aim().ratio(round.raw(), round.ours()));
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
