package dev.offpeak.core.outcome;

import org.jspecify.annotations.Nullable;

/**
 * How a job ended, as far as it matters to requests without an answer.
 *
 * @param as the provider's final state
 * @param reachedProvider false when no job was ever made
 * @param code why it failed as a whole; null when it did not
 * @param problem the same for a person
 * @param retryable whether requests without an outcome may be tried again after this end; says so
 *     for failed and cancelled jobs only
 */
public record JobEnd(
    As as,
    boolean reachedProvider,
    @Nullable String code,
    @Nullable String problem,
    boolean retryable) {

  /** Final states of a job. */
  public enum As {
    COMPLETED,
    EXPIRED,
    CANCELLED,
    FAILED
  }

  String problemOr(String otherwise) {
    return problem == null ? otherwise : problem;
  }
}
