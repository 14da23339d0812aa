package dev.offpeak.batcher.wire;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.schemas.request.RequestDecoding.Decoded;
import java.time.Instant;

/**
 * What admission adds to a request.
 *
 * @param request as decoded
 * @param attempt 1 for the first execution
 * @param lane where it goes
 * @param admittedAt of the first attempt
 * @param sourcePartition in llm.requests
 * @param sourceOffset in llm.requests
 * @param tokens estimated input tokens
 * @param bodyHash of the compacted body
 * @param compactLength bytes of the compacted body
 */
public record LaneFields(
    Decoded request,
    int attempt,
    Lane lane,
    Instant admittedAt,
    int sourcePartition,
    long sourceOffset,
    long tokens,
    long bodyHash,
    int compactLength) {}
