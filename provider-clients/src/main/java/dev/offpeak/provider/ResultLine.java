package dev.offpeak.provider;

import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.price.ReportedUsage;
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
      ReportedUsage usage)
      implements ResultLine {

    /** An answer whose usage is as it should be. */
    public Succeeded(
        String providerId,
        int statusCode,
        @Nullable String requestId,
        String model,
        byte[] body,
        TokenUsage usage) {
      this(providerId, statusCode, requestId, model, body, ReportedUsage.of(usage));
    }
  }

  /**
   * The request was executed and failed, or has a line that does not say what became of it.
   *
   * @param statusCode HTTP status of the execution, 0 when the provider gives none
   * @param model that worked on it, empty when the line does not say
   * @param body the provider's error, or what it gives instead, byte for byte; empty when it gives
   *     none
   * @param usage what was billed all the same
   */
  record Errored(
      String providerId,
      int statusCode,
      @Nullable String requestId,
      String model,
      String code,
      String message,
      byte[] body,
      ReportedUsage usage,
      Verdict verdict)
      implements ResultLine {

    /** An error of which nothing was billed. */
    public Errored(
        String providerId,
        int statusCode,
        @Nullable String requestId,
        String code,
        String message,
        byte[] body,
        Verdict verdict) {
      this(
          providerId,
          statusCode,
          requestId,
          "",
          code,
          message,
          body,
          ReportedUsage.MISSING,
          verdict);
    }

    /** The same error; where there is a sign of work it may be billed, and is not retried. */
    public Errored withUsage(String workedOn, ReportedUsage reported) {
      return new Errored(
          providerId,
          statusCode,
          requestId,
          workedOn,
          code,
          message,
          body,
          reported,
          reported.tellsOfWork() && verdict == Verdict.RETRYABLE ? Verdict.UNCLEAR : verdict);
    }
  }

  /**
   * A line that can be read and does not say what became of its request.
   *
   * @param problem for a person
   * @param body what the provider gives, byte for byte, perhaps nothing
   */
  static Errored unclear(
      String providerId, int statusCode, FailureCode code, String problem, byte @Nullable [] body) {
    return new Errored(
        providerId,
        statusCode,
        null,
        code.id(),
        problem,
        body == null ? new byte[0] : body,
        Verdict.UNCLEAR);
  }

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
    PROVIDER,
    /** It may have been executed and billed, so it is never tried again without being told. */
    UNCLEAR
  }
}
