package dev.offpeak.batcher.stage;

import dev.offpeak.core.outcome.FailureCode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that ends in the batcher.
 *
 * @param code why
 * @param message why, for a person
 * @param customId null when it could not be read
 * @param tenant who sent it
 * @param labels for the usage ledger
 * @param attempts executions tried before
 * @param route where it was to go, or null when it was not read that far
 * @param sourcePartition in llm.requests
 * @param sourceOffset in llm.requests
 */
record Rejection(
    FailureCode code,
    String message,
    @Nullable String customId,
    String tenant,
    Map<String, String> labels,
    int attempts,
    @Nullable Route route,
    int sourcePartition,
    long sourceOffset) {

  /** Where a request was to go; the account is null when none took it. */
  record Route(String provider, @Nullable String account, String endpoint, String model) {}
}
