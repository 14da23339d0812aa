package dev.offpeak.operations.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The requests that are audited, by the timestamps of their records in llm.requests.
 *
 * @param from inclusive; null from the oldest record that Kafka still has
 * @param to exclusive; null to the newest
 */
public record AuditRange(@Nullable Instant from, @Nullable Instant to) {

  /** Everything that Kafka still has. */
  public static final AuditRange ALL = new AuditRange(null, null);
}
