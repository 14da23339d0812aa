package dev.offpeak.simulator.anthropic.rules;

import dev.offpeak.simulator.provider.Models;
import java.util.List;

/**
 * Anthropic's limits (docs/providers B2). Where the real number is not known for certain the
 * strictest of those reported is the default.
 *
 * @param maxRequests requests of one batch (documented: 100,000)
 * @param maxBodyBytes bytes of the body of a create (documented: 256 MB, taken as 256,000,000)
 * @param maxMessageBytes bytes of a synchronous request (documented: 32 MB)
 * @param requestsPerMinute calls to the batch endpoints that an organisation may make in a minute
 *     (documented for the usage tier Start: 1,000); 0 for any number
 * @param queuedRequests requests that may wait in all batches of an organisation together
 *     (documented for the usage tier Start: 200,000); 0 for any number
 * @param queueRetryAfterSeconds the {@code retry-after} when the queue is full; 0 for none
 * @param maxOutputTokens most a request may ask for; beyond it the request ends as an error
 * @param maxLongOutputTokens the same with the beta {@code output-300k-…}
 * @param versions what {@code anthropic-version} may say (anthropic-java 3.12.0 says 2026-10-21,
 *     most others 2023-06-01)
 * @param models the models that exist, {@code *} at the end stands for anything; empty: every name
 *     is a model
 * @param refusedParams params that a batch refuses besides {@code stream} (guide)
 * @param windowSeconds the time in which a batch has to end (24 h)
 * @param resultsLifeSeconds how long after the creation of a batch its results are kept (29 days)
 * @param cancelEndedStatus HTTP status for cancelling a batch that has ended (not certain)
 * @param deleteRunningStatus HTTP status for deleting a batch that has not ended (not certain)
 */
public record AnthropicLimits(
    int maxRequests,
    long maxBodyBytes,
    int maxMessageBytes,
    int requestsPerMinute,
    long queuedRequests,
    int queueRetryAfterSeconds,
    long maxOutputTokens,
    long maxLongOutputTokens,
    List<String> versions,
    List<String> models,
    List<String> refusedParams,
    long windowSeconds,
    long resultsLifeSeconds,
    int cancelEndedStatus,
    int deleteRunningStatus) {

  private static final List<String> MODELS =
      List.of(
          "claude-opus-4-5",
          "claude-sonnet-4-5",
          "claude-haiku-4-5",
          "claude-2*",
          "claude-3*",
          "claude-instant-*",
          "claude-haiku-*",
          "claude-sonnet-*",
          "claude-opus-*",
          "claude-fable-*",
          "claude-mythos-*");

  /** The documented limits. */
  public static final AnthropicLimits DOCUMENTED =
      new AnthropicLimits(
          100_000,
          256_000_000L,
          32_000_000,
          1_000,
          200_000,
          60,
          128_000,
          300_000,
          List.of("2023-01-01", "2023-06-01", "2026-10-21"),
          MODELS,
          List.of("speed", "store", "previous_thread_event_id", "cache_hint", "context_hint"),
          86_400,
          29 * 86_400L,
          400,
          400);

  /** Copies the lists. */
  public AnthropicLimits {
    versions = List.copyOf(versions);
    models = List.copyOf(models);
    refusedParams = List.copyOf(refusedParams);
  }

  /** Whether there is such a model. */
  public boolean knows(String model) {
    return new Models(models).knows(model);
  }
}
