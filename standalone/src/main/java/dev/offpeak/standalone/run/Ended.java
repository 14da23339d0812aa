package dev.offpeak.standalone.run;

/** How a run came to its end. */
public enum Ended {
  ALL_SUCCEEDED,
  SOME_FAILED,
  /** It was told to stop, and can be gone on with. */
  STOPPED
}
