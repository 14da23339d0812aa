package dev.offpeak.simulator.openai.rules;

import dev.offpeak.simulator.provider.Models;
import java.util.List;
import java.util.Map;

/**
 * OpenAI's limits. Where the real number is not known for certain the strictest of those reported
 * is the default.
 *
 * @param maxRequests requests of one batch (documented: 50,000)
 * @param maxBatchFileBytes bytes of one input file (documented: 200 MB, taken as 200,000,000)
 * @param maxFileBytes bytes of any file (documented: 512 MB)
 * @param maxLineBytes bytes of one line, a limit of the simulator itself
 * @param maxCustomIdLength characters of a custom id (reported: 64 or 512)
 * @param maxEmbeddingInputs embedding inputs summed over a batch (documented: 50,000)
 * @param maxOutputTokens most a request may ask for; beyond it the line ends as a 400
 * @param createsPerHour batches an organisation may create in an hour (documented: 2,000); 0 for
 *     any number
 * @param uploadsPerMinute files an organisation may upload in a minute (documented: 1,000); 0 for
 *     any number
 * @param enqueuedTokens input tokens that may be enqueued by model; the entry {@code default} is
 *     for models not named, without it they have no limit
 * @param models the models that exist, {@code *} at the end stands for anything; empty: every name
 *     is a model
 * @param maxReportedErrors validation errors that a failed batch names at most
 * @param windowSeconds the completion window (24 h)
 * @param fileLifeSeconds life of input and output files unless the caller says otherwise (30 days)
 * @param cancelEndedStatus HTTP status for cancelling a batch that has ended (reported: 400 or 409)
 */
public record OpenAiLimits(
    int maxRequests,
    long maxBatchFileBytes,
    long maxFileBytes,
    int maxLineBytes,
    int maxCustomIdLength,
    int maxEmbeddingInputs,
    long maxOutputTokens,
    int createsPerHour,
    int uploadsPerMinute,
    Map<String, Long> enqueuedTokens,
    List<String> models,
    int maxReportedErrors,
    long windowSeconds,
    long fileLifeSeconds,
    int cancelEndedStatus) {

  private static final List<String> MODELS =
      List.of(
          "gpt-6",
          "gpt-5",
          "gpt-5-mini",
          "gpt-5-nano",
          "gpt-4.1",
          "gpt-4.1-mini",
          "gpt-4.1-nano",
          "gpt-4o",
          "gpt-4o-mini",
          "o4-mini",
          "o3",
          "text-embedding-3-small",
          "text-embedding-3-large",
          "omni-moderation-latest",
          "gpt-3*",
          "gpt-4*",
          "gpt-5*",
          "gpt-6*",
          "chatgpt-*",
          "codex-*",
          "o1*",
          "o3*",
          "o4*",
          "text-embedding-*",
          "omni-moderation-*",
          "text-moderation-*",
          "davinci-002",
          "babbage-002",
          "ft:*");

  /** The documented limits. */
  public static final OpenAiLimits DOCUMENTED =
      new OpenAiLimits(
          50_000,
          200_000_000L,
          512L << 20,
          32 << 20,
          64,
          50_000,
          128_000,
          2_000,
          1_000,
          Map.of(),
          MODELS,
          100,
          86_400,
          2_592_000,
          400);

  /** Copies the collections. */
  public OpenAiLimits {
    enqueuedTokens = Map.copyOf(enqueuedTokens);
    models = List.copyOf(models);
  }

  /** Input tokens that may be enqueued for a model. */
  public long enqueuedTokens(String model) {
    Long limit = enqueuedTokens.getOrDefault(model, enqueuedTokens.get("default"));
    return limit == null ? Long.MAX_VALUE : limit;
  }

  /** Whether there is such a model. */
  public boolean knows(String model) {
    return new Models(models).knows(model);
  }

  OpenAiLimits withAnyModel() {
    return new OpenAiLimits(
        maxRequests,
        maxBatchFileBytes,
        maxFileBytes,
        maxLineBytes,
        maxCustomIdLength,
        maxEmbeddingInputs,
        maxOutputTokens,
        createsPerHour,
        uploadsPerMinute,
        enqueuedTokens,
        List.of(),
        maxReportedErrors,
        windowSeconds,
        fileLifeSeconds,
        cancelEndedStatus);
  }
}
