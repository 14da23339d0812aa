package dev.offpeak.standalone.state;

/** A run that can't start or go on, with what to do about it as its message. */
public final class CannotRun extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The message says what is wrong and what to do, for a person. */
  public CannotRun(String message) {
    super(message);
  }
}
