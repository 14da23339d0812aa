package dev.offpeak.core.audit;

/** Where a request stands, by the topics alone. */
public enum Standing {
  /** The offset holds no request of the range. */
  ABSENT,
  /** It has exactly one result or failure. */
  SETTLED,
  /** It was dropped, since the same request was admitted before under another offset. */
  DROPPED,
  /** It has none yet, and something will still give it one. */
  IN_FLIGHT,
  /** It has none, and nothing is left that could give it one: lost. */
  MISSING,
  /** It has more than one. */
  DOUBLED;

  /** Whether it breaks the promise. */
  public boolean isViolation() {
    return this == MISSING || this == DOUBLED;
  }
}
