package dev.offpeak.submitter.account;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When something is to be told of one account. A notice holds for some tries after the last refusal
 * and is renewed by further ones, so that an account that nobody tries any more is not avoided for
 * ever. A success alone does not end it: where creates are refused for lack of funds, jobs can
 * still be looked at. Not thread-safe.
 */
final class NoticeRule {

  private static final int TRIES = 3;

  private final Duration quiet;
  private final Duration valid;
  private @Nullable Instant toldUntil;

  /**
   * Nothing told yet.
   *
   * @param longestWait between two tries of an account that is refused
   */
  NoticeRule(Duration longestWait) {
    this.quiet = longestWait;
    this.valid = longestWait.multipliedBy(TRIES);
  }

  /**
   * Something to tell.
   *
   * @param until when the account is tried again at the latest; null when it is usable
   */
  record Notice(@Nullable Instant until) {}

  /**
   * What is to be told now; null when it is nothing.
   *
   * @param refused whether the last call was refused
   * @param refusedAt when a call was refused the last time; null when none ever was
   */
  @Nullable Notice due(boolean refused, @Nullable Instant refusedAt, Instant now) {
    if (refusedAt == null) {
      return null;
    }
    Instant until = refusedAt.plus(valid);
    if (toldUntil != null && !now.isBefore(toldUntil)) {
      toldUntil = null;
    }
    boolean isOver = !refused && !now.isBefore(refusedAt.plus(quiet));
    if (isOver) {
      return toldUntil == null ? null : new Notice(null);
    }
    boolean isNews = toldUntil == null || !until.isBefore(toldUntil.plus(quiet));
    return isNews && now.isBefore(until) ? new Notice(until) : null;
  }

  /** That was told. */
  void told(Notice notice) {
    toldUntil = notice.until();
  }
}
