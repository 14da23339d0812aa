package dev.offpeak.batcher.wire;

import dev.offpeak.core.seal.OpenBatch;
import dev.offpeak.schemas.avro.AdmittedRequest;
import java.time.Instant;
import org.apache.kafka.common.errors.SerializationException;

/**
 * What every admitted request keeps to, whoever wrote it to llm.lanes or llm.retries: sums of
 * batches are made of these numbers, and files of these places.
 */
public final class PlausibleRequest {

  private static final int MAX_TEXT = 512;
  private static final int SHORTEST_BODY = 2;
  private static final long LAST_TIME = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

  private PlausibleRequest() {}

  /**
   * Checks a request that was read whole.
   *
   * @throws SerializationException when it says something impossible
   */
  public static void check(AdmittedRequest request) {
    texts(
        request.getCustomId().length(),
        request.getTenant().length(),
        request.getReplayId().length());
    numbers(request.getAttempt(), request.getEstimatedTokens(), request.getInputs());
    body(
        request.getBodyStart(),
        request.getBodyLength(),
        request.getCompactLength(),
        request.getOriginal().remaining());
  }

  static void texts(int customId, int tenant, int replayId) {
    must(customId > 0 && customId <= MAX_TEXT, "custom_id", customId);
    must(tenant <= MAX_TEXT, "tenant", tenant);
    must(replayId <= MAX_TEXT, "replay_id", replayId);
  }

  static void numbers(int attempt, long tokens, int inputs) {
    must(attempt > 0, "attempt", attempt);
    must(tokens >= 0, "estimated_tokens", tokens);
    must(inputs >= 0, "inputs", inputs);
  }

  static void body(int start, int length, int compactLength, long originalLength) {
    must(start >= 0, "body_start", start);
    must(length >= SHORTEST_BODY && length <= originalLength - start, "body_length", length);
    must(
        compactLength >= SHORTEST_BODY && compactLength <= length, "compact_length", compactLength);
  }

  /** A deadline that can be reckoned with. */
  static long deadline(long millis) {
    return millis == OpenBatch.NO_DEADLINE ? millis : Math.clamp(millis, 0, LAST_TIME);
  }

  private static void must(boolean holds, String field, long value) {
    if (!holds) {
      throw new SerializationException(
          "the record is no admitted request: " + field + " or its length is " + value);
    }
  }
}
