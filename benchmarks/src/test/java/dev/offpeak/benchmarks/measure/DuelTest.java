package dev.offpeak.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DuelTest {

  @Test
  void sidesTakeTurnsAndTheWarmUpDoesNotCount() throws Exception {
    // Given
    var pair = new ScriptedPair(new Aim.SpeedAtLeast(0.6), 9.0, 4.0, 1.0, 2.0);

    // When
    var measurement = new Duel(3, _ -> {}).measure(pair);

    // Then
    assertThat(pair.log)
        .containsExactly(
            "prepare 0",
            "raw",
            "ours",
            "prepare 1",
            "ours",
            "raw",
            "prepare 2",
            "raw",
            "ours",
            "prepare 3",
            "ours",
            "raw",
            "close");
    assertThat(measurement.rounds()).hasSize(3);
    assertThat(measurement.ourSeconds()).isEqualTo(2.0);
    assertThat(measurement.ratio()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void tableSaysWhetherTheAimIsMet() {
    // Given
    var fast = measurement(new Aim.SpeedAtLeast(0.6), 3.0, 4.0);
    var slow = measurement(new Aim.TimeAtMost(6), 1.0, 7.0);

    // When
    var table = RatioTable.of(List.of(fast, slow));

    // Then
    assertThat(table)
        .contains("| ours | raw | 4.00 | 3.00 | **0.75** | 0.75 | speed ≥ 0.60 | met |")
        .contains("| ours | raw | 7.00 | 1.00 | **7.00** | 7.00 | time ≤ 6.00 | missed |");
  }

  private static Measurement measurement(Aim aim, double raw, double ours) {
    return new Measurement(
        new Comparison("ours", "raw", aim), List.of(new Measurement.Round(raw, ours)));
  }

  /** Raw Kafka always takes a second, Offpeak what is given, round by round. */
  private static final class ScriptedPair implements Pair {

    final List<String> log = new ArrayList<>();
    private final Comparison comparison;
    private final double[] ours;
    private int round;

    ScriptedPair(Aim aim, double... ours) {
      this.comparison = new Comparison("ours", "raw", aim);
      this.ours = ours;
    }

    @Override
    public Comparison comparison() {
      return comparison;
    }

    @Override
    public void prepare(int number) {
      round = number;
      log.add("prepare " + number);
    }

    @Override
    public double raw() {
      log.add("raw");
      return 1.0;
    }

    @Override
    public double ours() {
      log.add("ours");
      return ours[round];
    }

    @Override
    public void close() {
      log.add("close");
    }
  }
}
