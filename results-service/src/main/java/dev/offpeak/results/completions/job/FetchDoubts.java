package dev.offpeak.results.completions.job;

import dev.offpeak.core.wait.RetryLater;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one job's tries have found, and how much of it is believed by now: results that are not
 * found, that lack lines, that are not delivered, or that break the code which reads them. Each
 * doubt has a bound.
 */
final class FetchDoubts {

  /** A 404 just after a job's end can be wrong (docs/providers E), so it must be repeated. */
  private static final int GONE_TRIES = 5;

  /** Fetches of results that lack lines; the waits between them grow. */
  private static final int MOST_TRIES = 6;

  /** As many at least, also when the job ended long ago. */
  private static final int LEAST_TRIES = 3;

  /** Tries at least before results are given up that the provider does not deliver. */
  private static final int DELIVERY_TRIES = 10;

  /** Waits for a delivery grow with the time that has passed: to a sixteenth of it, or so long. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  private final Instant endedAt;
  private final Duration patience;
  private final Duration delivery;
  private final Clock clock;
  private int gone;
  private int lacking;
  private int undelivered;
  private int broken;
  private @Nullable String problem;

  /**
   * No doubt yet.
   *
   * @param patience how long lines that are missing are waited for, all in all
   * @param delivery how long results are waited for that the provider does not deliver
   */
  FetchDoubts(Instant endedAt, Duration patience, Duration delivery, Clock clock) {
    this.endedAt = endedAt;
    this.patience = patience;
    this.delivery = delivery;
    this.clock = clock;
  }

  /** How the next try takes what it finds. */
  FetchMode next() {
    return new FetchMode(
        lacking > 0,
        gone + 1 >= GONE_TRIES,
        isLast(lacking, clock.instant()),
        lacking + 1 >= LEAST_TRIES,
        undelivered + 1 >= DELIVERY_TRIES && !clock.instant().isBefore(endedAt.plus(delivery)),
        problem);
  }

  /** The provider said that it has no such results. */
  RetryLater gone(ResultsGone e) {
    gone++;
    return RetryLater.soon(String.valueOf(e.getMessage()));
  }

  /** The provider does not deliver. */
  RetryLater undelivered(RetryLater e) {
    undelivered++;
    Instant now = clock.instant();
    Duration grown = Duration.between(endedAt, now).dividedBy(16);
    Duration wait = grown.compareTo(LONGEST_WAIT) < 0 ? grown : LONGEST_WAIT;
    Duration asked = e.atLeast(wait);
    Duration least = asked.compareTo(wait) < 0 ? wait : asked;
    Duration left = Duration.between(now, endedAt.plus(delivery));
    return left.compareTo(least) < 0
        ? RetryLater.undelivered(e.reason(), least)
        : RetryLater.within(e.reason(), least, left);
  }

  /** Lines were missing, which may be about to come. */
  RetryLater lacking(ResultsLacking e) {
    String words =
        e.getMessage() + ", " + (lacking + 1) + " of at most " + MOST_TRIES + " times so far";
    if (!e.misses()) {
      lacking++;
      return RetryLater.soon(words);
    }
    Instant now = clock.instant();
    Duration wait = waitAfter(lacking);
    Instant end = now;
    int tries = lacking;
    do {
      end = end.plus(waitAfter(tries));
      tries++;
    } while (!isLast(tries, end));
    lacking++;
    return RetryLater.within(words, wait, Duration.between(now, end));
  }

  /** Whether a try at that time, after so many that found lines missing, is the last. */
  private boolean isLast(int tries, Instant at) {
    boolean late = !at.isBefore(endedAt.plus(patience));
    return tries + 1 >= (late ? LEAST_TRIES : MOST_TRIES);
  }

  /** A moment at first, for files come late by that; then a sixteenth, an eighth, and so on. */
  private Duration waitAfter(int tries) {
    return tries == 0
        ? patience.dividedBy(256)
        : patience.multipliedBy(1L << (tries - 1)).dividedBy(16);
  }

  /**
   * The job itself broke the code.
   *
   * @param words for a person
   * @return null when there is nothing left to try
   */
  @Nullable RetryLater broken(String words) {
    broken++;
    if (problem != null) {
      return null;
    }
    if (broken >= LEAST_TRIES) {
      problem = words;
    }
    return RetryLater.soon(words);
  }
}
