package dev.offpeak.standalone.run;

/** How a run came to its end. */
public enum Ended {
  ALL_SUCCEEDED,
  SOME_FAILED,
  /** Nothing moved for longer than it was to wait; it can be gone on with. */
  WAITED_IN_VAIN,
  /** It was told to stop, and can be gone on with. */
  STOPPED
}
