package dev.offpeak.provider;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every way a call to a provider can fail, mapped once at the edge. */
public sealed interface ProviderError {

  /** The provider's code, or a word of ours such as {@code connection_reset}. */
  String code();

  /** For a person; holds no secret. */
  String message();

  /** The same error; when it says how long to wait, that is no longer than this. */
  default ProviderError waitingAtMost(Duration longest) {
    return switch (this) {
      case RateLimited(String code, String message, Duration after)
          when after != null && after.compareTo(longest) > 0 ->
          new RateLimited(code, message, longest);
      case QuotaExceeded(String code, String message, Duration after)
          when after != null && after.compareTo(longest) > 0 ->
          new QuotaExceeded(code, message, longest);
      default -> this;
    };
  }

  /** It did not happen, and may be tried again soon (408, 5xx on reads, no connection made). */
  record Retryable(String code, String message) implements ProviderError {}

  /**
   * Too many calls (429).
   *
   * @param after how long to wait, when the provider says so
   */
  record RateLimited(String code, String message, @Nullable Duration after)
      implements ProviderError {}

  /** It may have happened: the request was sent and no clear answer came back. */
  record Ambiguous(String code, String message) implements ProviderError {}

  /** The provider's queue is full for this scope; try again when jobs have ended. */
  record QuotaExceeded(String code, String message, @Nullable Duration after)
      implements ProviderError {}

  /** The input file has bad lines. */
  record InvalidLines(String code, String message, List<LineProblem> lines)
      implements ProviderError {}

  /** The account can't be used: bad key, no funds, no permission (401, 402, 403). */
  record AccountProblem(String code, String message) implements ProviderError {}

  /** The file or job does not exist (any more). */
  record Gone(String code, String message) implements ProviderError {}

  /** The call is wrong and will stay wrong. */
  record Rejected(String code, String message) implements ProviderError {}

  /** Our own side could not supply the payload; nothing usable reached the provider. */
  record PayloadUnreadable(String code, String message) implements ProviderError {}

  /** A job's status that nobody knows: it counts as running, and somebody should be told. */
  static ProviderError unknownStatus(String status) {
    String bounded = status.length() <= 100 ? status : status.substring(0, 100) + "…";
    return new Retryable(
        "unknown_status",
        "the provider calls the job '"
            + bounded
            + "', which Offpeak does not know; it counts as"
            + " running until its window ends");
  }

  /**
   * A line that the provider refuses.
   *
   * @param index of the request in the file, from 0, or -1 when the provider does not say
   */
  record LineProblem(int index, String code, String message) {}
}
