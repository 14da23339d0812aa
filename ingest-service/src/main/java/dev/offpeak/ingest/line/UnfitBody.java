package dev.offpeak.ingest.line;

import java.io.IOException;

/** A body is not read on, for the way in which it comes. What came before was handed out. */
public final class UnfitBody extends IOException {

  private static final long serialVersionUID = 1;

  /** What is wrong with it. */
  public enum Fault {
    /** It stops, or hardly moves. */
    TOO_SLOW,
    /** A little of it becomes very much. */
    INFLATES_TOO_MUCH,
    /** It costs work and brings nothing. */
    TOO_MANY_BAD_LINES
  }

  private final Fault fault;

  /**
   * @param message what it did and which setting bounds that
   */
  public UnfitBody(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  /** What is wrong with it. */
  public Fault fault() {
    return fault;
  }
}
