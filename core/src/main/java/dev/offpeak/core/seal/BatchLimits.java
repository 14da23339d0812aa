package dev.offpeak.core.seal;

import dev.offpeak.core.limits.ProviderLimits;
import org.jspecify.annotations.Nullable;

/**
 * What one batch of one lane may hold, and how its file is framed.
 *
 * @param maxRequests requests
 * @param maxBytes bytes of the input file, exactly as uploaded
 * @param maxLineBytes bytes of one line, exactly as uploaded
 * @param maxInputs embedding inputs, summed
 * @param maxTokens estimated input tokens, summed: a batch above its scope's whole quota could
 *     never be submitted
 * @param frame bytes of the file besides the bodies
 */
public record BatchLimits(
    int maxRequests,
    long maxBytes,
    long maxLineBytes,
    long maxInputs,
    long maxTokens,
    FileFrame frame) {

  /** No JSON object is shorter than this: {@code {}}. */
  private static final int SHORTEST_BODY = 2;

  /**
   * The limits of one lane.
   *
   * @param embeddings whether the lane's requests are counted in embedding inputs
   */
  public static BatchLimits of(ProviderLimits limits, FileFrame frame, boolean embeddings) {
    return new BatchLimits(
        limits.maxRequests(),
        limits.maxBytes(),
        limits.maxLineBytes(),
        embeddings ? limits.maxInputs() : Long.MAX_VALUE,
        limits.maxEnqueuedTokens(),
        frame);
  }

  /** Bytes of the line of a request in the file, without separator. */
  public long lineBytes(Candidate request) {
    return (long) frame.lineOverhead() + request.compactLength();
  }

  /** Bytes that the request adds to a file that holds {@code requests} already. */
  public long addedBytes(int requests, Candidate next) {
    return lineBytes(next) + (requests == 0 ? 0 : frame.separator());
  }

  /** The limit that the request breaks alone in a batch, or null when it fits. */
  public @Nullable Excess excess(Candidate request) {
    long line = lineBytes(request);
    if (line > maxLineBytes) {
      return new Excess("max-line-bytes", line, maxLineBytes);
    }
    long file = frame.fileOverhead() + line;
    if (file > maxBytes) {
      return new Excess("max-bytes", file, maxBytes);
    }
    if (request.inputs() > maxInputs) {
      return new Excess("max-inputs", request.inputs(), maxInputs);
    }
    if (request.tokens() > maxTokens) {
      return new Excess("max-enqueued-tokens", request.tokens(), maxTokens);
    }
    return null;
  }

  /** The limit that keeps the request out of the batch, or null when it may join. */
  @Nullable SealReason refusal(OpenBatch open, Candidate next) {
    if (open.requests() >= maxRequests) {
      return SealReason.COUNT;
    }
    if (open.bytes() + addedBytes(open.requests(), next) > maxBytes) {
      return SealReason.BYTES;
    }
    if (open.inputs() + next.inputs() > maxInputs) {
      return SealReason.INPUTS;
    }
    if (open.tokens() + next.tokens() > maxTokens) {
      return SealReason.TOKENS;
    }
    return null;
  }

  /** The limit that keeps every possible request out of the batch, or null when one may fit. */
  @Nullable SealReason full(OpenBatch open) {
    return refusal(open, new Candidate(SHORTEST_BODY, 1, 1, OpenBatch.NO_DEADLINE, 0));
  }
}
