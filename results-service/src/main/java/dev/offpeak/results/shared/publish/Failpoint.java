package dev.offpeak.results.shared.publish;

/** A place in the publishing of a job where a crash must do no harm. */
public enum Failpoint {
  BEFORE_DOWNLOAD,
  /** A line has come; once for each. */
  DURING_DOWNLOAD,
  AFTER_DOWNLOAD,
  /** A chunk's outcomes are sent, its progress is not. */
  BEFORE_PROGRESS,
  /** Outcomes and progress are sent, and not committed. */
  BEFORE_COMMIT,
  AFTER_COMMIT
}
