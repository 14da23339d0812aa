package dev.offpeak.submitter.config;

import dev.offpeak.core.job.rule.PollPace;
import dev.offpeak.runtime.config.Default;
import java.time.Duration;

/**
 * How often running jobs are looked at: a tenth of a job's age apart, within these bounds.
 *
 * @param shortest time between two looks
 * @param longest time between two looks
 */
public record PollingConfig(@Default("10s") Duration shortest, @Default("5m") Duration longest) {

  public PollingConfig {
    var _ = new PollPace(shortest, longest);
  }

  /** As a rule. */
  public PollPace pace() {
    return new PollPace(shortest, longest);
  }
}
