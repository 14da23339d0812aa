package dev.offpeak.submitter.config;

import dev.offpeak.runtime.config.Default;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How instances share the partitions.
 *
 * @param instanceId a name of this instance that outlives it: restarted under the same name within
 *     the session timeout it has its partitions back without a rebalance. Absent, it has none
 * @param sessionTimeout how long an instance may be silent before others take its partitions
 * @param handover how long uploads and creates under way may take when a partition is given up;
 *     they are broken off then, and recovered by the next owner
 */
public record GroupConfig(
    @Nullable String instanceId,
    @Default("45s") Duration sessionTimeout,
    @Default("20s") Duration handover) {

  public GroupConfig {
    Durations.positive("session-timeout", sessionTimeout);
    Durations.notNegative("handover", handover);
  }
}
