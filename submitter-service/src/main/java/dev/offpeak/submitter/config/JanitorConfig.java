package dev.offpeak.submitter.config;

import dev.offpeak.runtime.config.Default;
import java.time.Duration;

/**
 * When what stands at a provider under a name of ours, and belongs to no job any more, is taken
 * away.
 *
 * @param every time between two rounds
 * @param grace how old it must be
 */
public record JanitorConfig(@Default("1h") Duration every, @Default("6h") Duration grace) {

  public JanitorConfig {
    Durations.positive("every", every);
    Durations.notNegative("grace", grace);
  }

  /** The usual times. */
  public static JanitorConfig defaults() {
    return new JanitorConfig(Duration.ofHours(1), Duration.ofHours(6));
  }
}
