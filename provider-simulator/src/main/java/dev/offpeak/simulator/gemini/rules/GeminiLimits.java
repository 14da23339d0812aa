package dev.offpeak.simulator.gemini.rules;

import dev.offpeak.simulator.provider.Models;
import java.util.List;
import java.util.Map;

/**
 * Gemini's limits (docs/providers C2). Where the real number is not known for certain the strictest
 * of those reported is the default.
 *
 * @param maxInlineBytes bytes of the body of a create (documented: below 20 MB)
 * @param maxFileBytes bytes of one file (documented: 2 GB)
 * @param maxStorageBytes bytes of all files of a project (documented: 20 GB)
 * @param maxRequests requests of one batch; 0 for any number (not documented)
 * @param maxLineBytes bytes of one line, a limit of the simulator itself
 * @param maxJobsInFlight batches of a project that have not ended (documented: 100)
 * @param enqueuedTokens input tokens that may be enqueued by model; the entry {@code default} is
 *     for models not named, without it they have no limit
 * @param models the models that exist, {@code *} at the end stands for anything; empty: every name
 *     is a model
 * @param uploadMimeTypes what may be uploaded; empty: anything (reports differ)
 * @param batchMimeTypes what the input file of a batch may be; empty: anything (reports differ)
 * @param chunkGranularity all chunks but the last must be a multiple of this; 0 for any (not
 *     certain)
 * @param maxOutputTokens most a request may ask for; beyond it the request ends as an error
 * @param windowSeconds a batch that has not ended by then is expired (48 h)
 * @param fileLifeSeconds life of uploaded and result files (48 h)
 * @param batchLifeSeconds how long a batch can be asked for (reported: 48 hours or 6 weeks)
 */
public record GeminiLimits(
    long maxInlineBytes,
    long maxFileBytes,
    long maxStorageBytes,
    int maxRequests,
    int maxLineBytes,
    int maxJobsInFlight,
    Map<String, Long> enqueuedTokens,
    List<String> models,
    List<String> uploadMimeTypes,
    List<String> batchMimeTypes,
    int chunkGranularity,
    long maxOutputTokens,
    long windowSeconds,
    long fileLifeSeconds,
    long batchLifeSeconds) {

  private static final List<String> MODELS =
      List.of(
          "gemini-3-pro-preview",
          "gemini-2.5-pro",
          "gemini-2.5-flash",
          "gemini-2.5-flash-lite",
          "gemini-embedding-001",
          "gemini-1*",
          "gemini-2*",
          "gemini-3*",
          "gemini-4*",
          "gemini-pro-*",
          "gemini-flash-*",
          "gemini-embedding-*",
          "gemma-*",
          "text-embedding-004",
          "embedding-001");

  /** The documented limits. */
  public static final GeminiLimits DOCUMENTED =
      new GeminiLimits(
          20_000_000L,
          2_000_000_000L,
          21_474_836_480L,
          0,
          64 << 20,
          100,
          Map.of(),
          MODELS,
          List.of(),
          List.of("application/jsonl", "jsonl", "application/json", "text/plain"),
          256 << 10,
          65_536,
          48 * 3_600L,
          48 * 3_600L,
          42 * 86_400L);

  /** Copies the collections. */
  public GeminiLimits {
    enqueuedTokens = Map.copyOf(enqueuedTokens);
    models = List.copyOf(models);
    uploadMimeTypes = List.copyOf(uploadMimeTypes);
    batchMimeTypes = List.copyOf(batchMimeTypes);
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
}
