package dev.offpeak.core.provider;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A provider's job as last seen.
 *
 * @param id the provider's
 * @param phase its state in our words
 * @param status its state in the provider's own word
 * @param createdAt when the provider made it
 * @param expiresAt end of the completion window, when the provider tells
 * @param total requests, 0 while the provider does not tell
 * @param succeeded requests done so far
 * @param failed requests failed so far
 * @param outputFileId successes (OpenAI), all results (Gemini), or null
 * @param errorFileId failures (OpenAI), or null
 * @param failure why the whole job failed, in phase FAILED; in a phase that is not final, what is
 *     odd about the job
 */
public record ProviderJob(
    String id,
    Phase phase,
    String status,
    Instant createdAt,
    @Nullable Instant expiresAt,
    int total,
    int succeeded,
    int failed,
    @Nullable String inputFileId,
    @Nullable String outputFileId,
    @Nullable String errorFileId,
    @Nullable ProviderError failure) {

  /** States of a job, in our words. Only the last four are final. */
  public enum Phase {
    VALIDATING,
    IN_PROGRESS,
    FINALIZING,
    CANCELLING,
    COMPLETED,
    EXPIRED,
    CANCELLED,
    FAILED;

    /** Whether nothing will change any more. */
    public boolean isFinal() {
      return switch (this) {
        case VALIDATING, IN_PROGRESS, FINALIZING, CANCELLING -> false;
        case COMPLETED, EXPIRED, CANCELLED, FAILED -> true;
      };
    }
  }
}
