package dev.offpeak.provider.account;

import org.jspecify.annotations.Nullable;

/**
 * How calls to a provider say who makes them and who pays.
 *
 * @param auth how the key is sent unless an account says otherwise
 * @param key the header of its own in which it takes a key
 * @param organization the header that names an organization; null when there is none
 * @param project the header that names who is billed
 * @param versionInQuery whether a version of the API stands in the query of each call
 */
public record CallHeaders(
    AuthHeader auth,
    String key,
    @Nullable String organization,
    String project,
    boolean versionInQuery) {}
