package dev.offpeak.operations.inventory;

/** What was asked for is about nothing; the message says so, and what there is instead. */
public final class NothingFound extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With that message, for a person. */
  public NothingFound(String message) {
    super(message);
  }
}
