package dev.offpeak.simulator.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Which entries are wanted; null means any.
 *
 * @param customId the exact custom id
 * @param job the exact job id
 * @param provider for instance {@code anthropic}
 * @param body the hash of the body in hex, or its beginning
 */
public record LedgerQuery(
    @Nullable String customId,
    @Nullable String job,
    @Nullable String provider,
    @Nullable String body) {
  /** Every entry. */
  public static final LedgerQuery ALL = new LedgerQuery(null, null, null, null);

  boolean matches(LedgerEntry entry) {
    return (customId == null || customId.equals(entry.customId()))
        && (job == null || job.equals(entry.job()))
        && (provider == null || provider.equals(entry.provider()))
        && (body == null || entry.bodySha256().startsWith(body));
  }
}
