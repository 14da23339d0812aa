package dev.offpeak.provider;

import dev.offpeak.core.lane.Edition;
import java.time.Duration;

/**
 * A request to be executed at once.
 *
 * @param id our own name of it, sent as {@code X-Client-Request-Id}
 * @param endpoint the one that its batch would have named, such as {@code /v1/chat/completions}
 * @param model as the request names it
 * @param edition of the provider's API that is asked for
 * @param body the request's, as it would stand in a batch
 * @param limit how long the answer may take; positive
 */
public record SyncCall(
    String id, String endpoint, String model, Edition edition, byte[] body, Duration limit) {}
