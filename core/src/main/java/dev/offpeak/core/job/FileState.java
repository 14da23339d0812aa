package dev.offpeak.core.job;

/** Whether a job can be made of an input file that is at the provider. */
public enum FileState {
  /** It can. */
  READY,
  /** Not yet: the provider is still reading it. */
  PENDING,
  /** Never: the provider could not read it. */
  FAILED
}
