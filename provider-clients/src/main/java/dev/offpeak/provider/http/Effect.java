package dev.offpeak.provider.http;

/** What a call leaves at the provider, which decides what a lost answer means. */
public enum Effect {
  /** Nothing, or the same however often it is made (get, list, cancel, delete). */
  NONE,
  /** A file or a job: a lost answer may hide one. */
  LEAVES_SOMETHING
}
