package dev.offpeak.ingest.auth;

import org.jspecify.annotations.Nullable;

/**
 * Who pays for a call, by all that money is counted by.
 *
 * @param key name of the API key; null where there are none
 */
public record Spender(
    String tenant, @Nullable String key, @Nullable String team, @Nullable String feature) {}
