package dev.offpeak.runtime.health;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work that waits.
 *
 * @param work what it is, such as {@code batch 01JD…}
 * @param reason why, for a person
 * @param since when it began to wait
 * @param until when the wait is over at the latest, or null when that is up to somebody else
 */
public record Waiting(String work, String reason, Instant since, @Nullable Instant until) {

  /** The same, without its end when that is over by then. */
  public Waiting untilAfter(Instant now) {
    return until == null || until.isAfter(now) ? this : new Waiting(work, reason, since, null);
  }

  /** As one sentence, for a person. */
  public String words() {
    return work
        + " waits since "
        + since
        + (until == null ? "" : ", until " + until + " at the latest")
        + ": "
        + reason;
  }
}
