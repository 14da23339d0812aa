package dev.offpeak.provider.account;

import dev.offpeak.provider.CallListener;
import java.net.http.HttpClient;
import java.time.Clock;

/**
 * What the adapters of an account call with.
 *
 * @param timeouts how long the provider is waited for
 * @param listener told of each call
 */
public record Connection(
    HttpClient client, Clock clock, Timeouts timeouts, CallListener listener) {}
