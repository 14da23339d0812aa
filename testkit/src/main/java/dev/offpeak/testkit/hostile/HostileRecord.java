package dev.offpeak.testkit.hostile;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record for llm.requests that is no request: it must end as one failure.
 *
 * @param kind how it is broken
 */
public record HostileRecord(
    HostileKind kind, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {}
