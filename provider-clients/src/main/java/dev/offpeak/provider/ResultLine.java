package dev.offpeak.provider;

import dev.offpeak.core.price.TokenUsage;
import org.jspecify.annotations.Nullable;

/** One line of a result file, in our words. */
public sealed interface ResultLine {

  /** The custom id that went to the provider; null only in an unreadable line. */
  @Nullable String providerId();

  /**
   * The request was executed well.
   *
   * @param providerId the custom id that went to the provider
   * @param statusCode HTTP status of the execution, 200 where the provider gives none
   * @param model that answered, as the provider names it; empty when the body does not say
   * @param body the response body, byte for byte as it stands in the line
   */
  record Succeeded(
      String providerId,
      int statusCode,
      @Nullable String requestId,
      String model,
      byte[] body,
      TokenUsage usage)
      implements ResultLine {}

  /**
   * The request was executed and failed.
   *
   * @param statusCode HTTP status of the execution, 0 when the provider gives none
   * @param body the provider's error, byte for byte; empty when it gives none
   */
  record Errored(
      String providerId,
      int statusCode,
      @Nullable String requestId,
      String code,
      String message,
      byte[] body,
      Verdict verdict)
      implements ResultLine {}

  /** Not executed: the window ended first. Not billed. */
  record Expired(String providerId, String message) implements ResultLine {}

  /** Not executed: cancelled first. Not billed. */
  record Canceled(String providerId, String message) implements ResultLine {}

  /**
   * A line that can't be read.
   *
   * @param providerId when that much could be read
   */
  record Unreadable(@Nullable String providerId, String problem) implements ResultLine {}

  /** What an executed request's error means for trying again. */
  enum Verdict {
    RETRYABLE,
    YOUR_INPUT,
    ACCOUNT,
    PROVIDER
  }
}
