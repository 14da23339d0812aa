package dev.offpeak.core.provider;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every way in which a call to a provider, or a whole job, can fail: mapped once at the edge, by
 * the adapters.
 */
public sealed interface ProviderError {

  /**
   * However long a provider asks to wait, it is asked again within the hour: a number may be a
   * mistake, and a wait must be one that somebody can live through.
   */
  Duration LONGEST_AFTER = Duration.ofHours(1);

  /** The provider's code, or a word of ours such as {@code connection_reset}. */
  String code();

  /** For a person; holds no secret. */
  String message();

  /** How long to wait, when the provider says so. */
  default @Nullable Duration after() {
    return null;
  }

  /** How long jobs wait when the provider says so; not negative, and an hour at most. */
  default @Nullable Duration boundedAfter() {
    Duration after = after();
    if (after == null) {
      return null;
    }
    if (after.isNegative()) {
      return Duration.ZERO;
    }
    return after.compareTo(LONGEST_AFTER) < 0 ? after : LONGEST_AFTER;
  }

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
  record InvalidLines(String code, String message, List<BadLine> lines) implements ProviderError {
    public InvalidLines {
      lines = List.copyOf(lines);
    }
  }

  /** The account can't be used: bad key, no funds, no permission (401, 402, 403). */
  record AccountProblem(String code, String message) implements ProviderError {}

  /** The file or job does not exist (any more). */
  record Gone(String code, String message) implements ProviderError {}

  /** The call is wrong and will stay wrong. */
  record Rejected(String code, String message) implements ProviderError {}

  /** Our own side could not supply the payload; nothing usable reached the provider. */
  record PayloadUnreadable(String code, String message) implements ProviderError {}

  /** The payload has expired in llm.lanes. */
  record PayloadExpired(String code, String message) implements ProviderError {}

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
   * @param index of the request in the file and in the manifest, from 0, or -1 when the provider
   *     does not say
   */
  record BadLine(int index, String code, String message) {}
}
