package dev.offpeak.operations.audit;

/**
 * A request for which the promise does not hold.
 *
 * @param what the way in which it is broken
 * @param partition of its record in llm.requests
 * @param offset of its record in llm.requests
 */
public record Violation(What what, int partition, long offset) {

  /** Ways to break the promise. */
  public enum What {
    /** No outcome, and nothing left that could give it one. */
    MISSING,
    /** More than one outcome. */
    DOUBLED,
    /** Billed more than once by the provider. */
    BILLED_TWICE
  }
}
