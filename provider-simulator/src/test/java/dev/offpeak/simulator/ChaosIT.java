package dev.offpeak.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.simulator.fault.Chaos;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChaosIT {
  private static List<String> outcomes(long seed) throws IOException {
    SimulatorConfig config = SimulatorConfig.defaults().withSeed(seed).withFaults(Chaos.rules(0.5));
    List<String> outcomes = new ArrayList<>();
    try (Simulator simulator = Simulator.start(config)) {
      WireClient wire = AnthropicClient.of(simulator).wire();
      for (int i = 0; i < 80; i++) {
        try {
          // A POST: the client would repeat a GET by itself when its connection is cut.
          outcomes.add(
              Integer.toString(wire.post("/v1/messages/batches/none/cancel", "").status()));
        } catch (IOException e) {
          outcomes.add("cut");
        }
      }
    }
    return outcomes;
  }

  @Test
  void callsMeetTheSameRandomFaultsForTheSameSeed() throws IOException {
    // When
    List<String> once = outcomes(1);
    // Then
    assertThat(once).contains("404", "cut", "429", "504", "529");
    assertThat(outcomes(1)).isEqualTo(once);
    assertThat(outcomes(2)).isNotEqualTo(once);
  }
}
