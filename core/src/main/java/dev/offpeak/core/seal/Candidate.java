package dev.offpeak.core.seal;

/**
 * What sealing needs to know of a request that is about to join a batch.
 *
 * @param compactLength bytes of its body without white space outside strings
 * @param inputs embedding inputs; 1 for anything else
 * @param tokens input tokens, estimated
 * @param deadline milliseconds since the epoch, or {@link OpenBatch#NO_DEADLINE}
 * @param requestedAt record time of the request, milliseconds since the epoch
 */
public record Candidate(
    int compactLength, int inputs, long tokens, long deadline, long requestedAt) {}
