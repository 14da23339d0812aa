package dev.offpeak.simulator.fault;

import java.util.Locale;

/**
 * What can be wrong with a call, in no provider's words: each has its own status and code for it.
 */
public enum Problem {
  /** Too many calls or tokens for the moment. */
  RATE_LIMIT,
  /** The account cannot pay. */
  INSUFFICIENT_FUNDS,
  /** The provider has too much to do. */
  OVERLOADED,
  /** The provider failed. */
  SERVER_ERROR,
  /** The provider took too long. */
  TIMEOUT,
  /** The key is not known. */
  BAD_KEY,
  /** The key is known, but not for this. */
  FORBIDDEN;

  /** The name in JSON. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
