package dev.offpeak.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Lets the two sides of a pair work in turns. A first round warms up the JVM and the page cache and
 * does not count; after that the side that begins changes with each round.
 */
public final class Duel {

  private final int rounds;
  private final Consumer<String> progress;

  /**
   * @param rounds that count
   * @param progress is told what is going on
   */
  public Duel(int rounds, Consumer<String> progress) {
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds is " + rounds + "; it must be at least 1");
    }
    this.rounds = rounds;
    this.progress = progress;
  }

  /** Measures the pair and closes it. */
  public Measurement measure(Pair pair) throws Exception {
    try (pair) {
      List<Measurement.Round> measured = new ArrayList<>();
      for (int number = 0; number <= rounds; number++) {
        pair.prepare(number);
        Measurement.Round round = round(pair, number);
        progress.accept(
            String.format(
                Locale.ROOT,
                "%s, %s: raw Kafka %.2f s, Offpeak %.2f s",
                pair.comparison().ours(),
                number == 0 ? "warm-up" : "round " + number,
                round.raw(),
                round.ours()));
        if (number > 0) {
          measured.add(round);
        }
      }
      return new Measurement(pair.comparison(), measured);
    }
  }

  private static Measurement.Round round(Pair pair, int number) throws Exception {
    if (number % 2 == 0) {
      double raw = pair.raw();
      return new Measurement.Round(raw, pair.ours());
    }
    double ours = pair.ours();
    return new Measurement.Round(pair.raw(), ours);
  }
}
