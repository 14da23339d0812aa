package dev.offpeak.submitter.config;

import dev.offpeak.runtime.config.Default;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What happens when it is not known whether a call has taken effect.
 *
 * @param settle longest time that a create without an answer may need to take effect
 * @param showing longest time that a job that was made may be missing from the provider's list;
 *     absent, what the provider's adapter knows of it
 * @param searchEvery time between two searches for the job of a create without an answer
 * @param lease how old an intent may be when it is acted on; an older one is recorded again first,
 *     which fails when somebody else owns the partition
 * @param vanishing how long a provider may not know a job before that is believed
 * @param overdue how long after its window a job is cancelled; after twice that it is given up
 */
public record RecoveryConfig(
    @Default("2m") Duration settle,
    @Nullable Duration showing,
    @Default("10s") Duration searchEvery,
    @Default("30s") Duration lease,
    @Default("15m") Duration vanishing,
    @Default("2h") Duration overdue) {

  public RecoveryConfig {
    Durations.positive("settle", settle);
    if (showing != null) {
      Durations.notNegative("showing", showing);
    }
    Durations.positive("search-every", searchEvery);
    Durations.positive("lease", lease);
    Durations.notNegative("vanishing", vanishing);
    Durations.notNegative("overdue", overdue);
  }
}
