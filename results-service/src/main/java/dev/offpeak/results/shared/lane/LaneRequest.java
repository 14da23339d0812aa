package dev.offpeak.results.shared.lane;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * An admitted request as far as its outcome needs it.
 *
 * @param key the user's record key
 * @param replayId empty when there is none
 * @param headers the user's headers
 * @param original the user's record value, byte for byte; a view into the record
 */
public record LaneRequest(
    byte @Nullable [] key,
    List<Header> headers,
    String customId,
    String tenant,
    String replayId,
    Map<String, String> labels,
    int attempt,
    String model,
    @Nullable Instant deadline,
    Instant admittedAt,
    int sourcePartition,
    long sourceOffset,
    ByteBuffer original) {}
