package dev.offpeak.ingest.auth;

import org.jspecify.annotations.Nullable;

/**
 * What may be spent by all who are in what it names.
 *
 * @param name for a person
 * @param tenant null for any
 * @param key null for any
 * @param team null for any
 * @param feature null for any
 * @param limit in 10^-12 USD
 */
public record Budget(
    String name,
    @Nullable String tenant,
    @Nullable String key,
    @Nullable String team,
    @Nullable String feature,
    Window window,
    long limit) {

  /** Whether what that one spends counts. */
  public boolean covers(Spender spender) {
    return meets(tenant, spender.tenant())
        && meets(key, spender.key())
        && meets(team, spender.team())
        && meets(feature, spender.feature());
  }

  private static boolean meets(@Nullable String named, @Nullable String is) {
    return named == null || named.equals(is);
  }
}
