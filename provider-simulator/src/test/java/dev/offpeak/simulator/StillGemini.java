package dev.offpeak.simulator;

import dev.offpeak.simulator.gemini.rules.GeminiRules;
import dev.offpeak.simulator.job.Pace;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** A simulator of Gemini whose time stands still. */
final class StillGemini {

  /** Time stands still but for what a test advances. */
  static final Clock STILL = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);

  static final Pace TEN_HOURS =
      new Pace(Duration.ofMinutes(5), Duration.ofHours(10), Duration.ZERO, Duration.ofMinutes(2));

  static Simulator slow(String rules) throws IOException {
    return Simulator.start(
        SimulatorConfig.defaults().withPace(TEN_HOURS).withGemini(GeminiRules.read(rules)), STILL);
  }

  static Simulator slow() throws IOException {
    return slow("quirks: {late_results_ms: 0}");
  }

  private StillGemini() {}
}
