package dev.offpeak.core.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A provider's job as the provider shows it.
 *
 * @param id the provider's
 * @param phase its state in our words
 * @param status its state in the provider's own word
 * @param expiresAt end of the completion window, when the provider tells
 * @param done requests that succeeded so far, as far as the provider tells
 * @param failed requests that failed so far, as far as the provider tells
 * @param inputFile what it was made from, when the provider tells
 * @param outputFile where results stand, in a final phase
 * @param errorFile where failures stand, in a final phase
 * @param failure why the whole job failed, in phase FAILED; in a phase that is not final, what is
 *     odd about the job
 */
public record SeenJob(
    String id,
    Phase phase,
    String status,
    Instant createdAt,
    @Nullable Instant expiresAt,
    int done,
    int failed,
    @Nullable String inputFile,
    @Nullable String outputFile,
    @Nullable String errorFile,
    @Nullable Refusal failure) {

  /** States of a provider's job. Only the last four are final. */
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
