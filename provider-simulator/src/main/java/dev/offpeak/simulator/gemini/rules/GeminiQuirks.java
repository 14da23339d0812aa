package dev.offpeak.simulator.gemini.rules;

/**
 * Behaviour that was observed besides the reference, or that nobody could make certain of
 * (docs/providers C, E and H).
 *
 * @param shuffledOutput results come in another order than the requests, although the reference
 *     promises their order (python-genai#1909)
 * @param keyAnywhere the key of a result line stands before or behind the response
 * @param lateResultsMs a batch has succeeded this long before its results are there
 * @param statePrefix {@code BATCH_STATE_} as in the reference, or {@code JOB_STATE_}
 * @param fileProcessingMs an uploaded file is {@code PROCESSING} for so long
 * @param uploadReplyWithoutFile the answer to a finished upload is empty (python-genai#1248)
 * @param uploadedDownload whether uploaded files can be downloaded and not only generated ones
 * @param requireDisplayName whether a batch must have a display name
 * @param cancelledResults whether a cancelled batch has the results that it came to
 * @param billedWithoutResults whether requests are billed that were executed by a batch which then
 *     expired or was cancelled without results
 * @param cancelEndedStatus HTTP status for cancelling a batch that has ended
 * @param invalidKeyStatus HTTP status of a call with an unknown key: 400, 401 or 403
 * @param missingFileStatus HTTP status of a call about a file that is not there: 403 or 404
 * @param retryInfoSeconds the {@code RetryInfo} in a 429; 0 for none, as was seen for batches
 * @param lineErrorField where the error of a single request stands: {@code error} or {@code status}
 * @param embeddingUsageField the field of {@code usageMetadata} with an embedding's tokens; empty
 *     for no usage
 */
public record GeminiQuirks(
    boolean shuffledOutput,
    boolean keyAnywhere,
    long lateResultsMs,
    String statePrefix,
    long fileProcessingMs,
    boolean uploadReplyWithoutFile,
    boolean uploadedDownload,
    boolean requireDisplayName,
    boolean cancelledResults,
    boolean billedWithoutResults,
    int cancelEndedStatus,
    int invalidKeyStatus,
    int missingFileStatus,
    int retryInfoSeconds,
    String lineErrorField,
    String embeddingUsageField) {
  /** What was observed, and the likeliest of what is not certain. */
  public static final GeminiQuirks OBSERVED =
      new GeminiQuirks(
          true,
          true,
          50,
          "BATCH_STATE_",
          0,
          false,
          false,
          true,
          false,
          false,
          200,
          400,
          403,
          0,
          "error",
          "promptTokenCount");
}
