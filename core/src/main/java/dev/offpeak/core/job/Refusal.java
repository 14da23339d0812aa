package dev.offpeak.core.job;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a call to a provider did not succeed, or why the provider failed a whole job.
 *
 * @param code the provider's, or a word of ours
 * @param message for a person
 * @param after how long to wait, when the provider says so; not negative, and an hour at most
 * @param badLines the lines that the provider refuses, as far as it names them
 */
public record Refusal(
    Kind kind, String code, String message, @Nullable Duration after, List<BadLine> badLines) {

  /** What it means for the next step. */
  public enum Kind {
    /** It did not happen and may be tried again. */
    RETRYABLE,
    /** Too many calls; try again later. */
    RATE_LIMITED,
    /** It may have happened. */
    AMBIGUOUS,
    /** The provider's queue is full; try again when jobs have ended. */
    QUEUE_FULL,
    /** The input has bad lines. */
    INVALID_INPUT,
    /** The account can't be used until somebody mends it. */
    ACCOUNT,
    /** The file or job does not exist. */
    GONE,
    /** It is wrong and will stay wrong. */
    REJECTED,
    /** Our own side could not read the payload for now. */
    PAYLOAD_UNREADABLE,
    /** The payload has expired in llm.lanes. */
    PAYLOAD_EXPIRED
  }

  /**
   * A line that the provider refuses.
   *
   * @param index of the request in the manifest, from 0
   */
  public record BadLine(int index, String code, String message) {}

  /**
   * However long a provider asks to wait, it is asked again within the hour: a number may be a
   * mistake, and a wait must be one that somebody can live through.
   */
  static final Duration LONGEST_AFTER = Duration.ofHours(1);

  public Refusal {
    after = after == null ? null : clamped(after);
    badLines = List.copyOf(badLines);
  }

  private static Duration clamped(Duration after) {
    if (after.isNegative()) {
      return Duration.ZERO;
    }
    return after.compareTo(LONGEST_AFTER) < 0 ? after : LONGEST_AFTER;
  }

  /** A refusal that says no more than its kind. */
  public static Refusal of(Kind kind, String code, String message) {
    return new Refusal(kind, code, message, null, List.of());
  }

  /** The same for a job's record. */
  public Problem problem() {
    return new Problem(code, message);
  }
}
