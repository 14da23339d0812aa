package dev.offpeak.submitter.failpoint;

/** A place in the work on jobs where a crash, or a long pause, must do no harm. */
public enum Failpoint {
  BEFORE_LEDGER_WRITE,
  AFTER_LEDGER_WRITE,
  BEFORE_UPLOAD,
  AFTER_UPLOAD,
  BEFORE_CREATE,
  AFTER_CREATE,
  BEFORE_POLL,
  AFTER_POLL,
  BEFORE_BURN,
  AFTER_BURN,
  /** The positions in llm.batches, which only show the lag. */
  BEFORE_OFFSET_COMMIT,
  AFTER_OFFSET_COMMIT
}
