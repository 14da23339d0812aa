package dev.offpeak.ingest.budget;

import dev.offpeak.ingest.auth.Spender;
import java.time.Instant;

/**
 * Money that is set aside.
 *
 * @param id of the batch it is for, or begins with the kind it is of
 * @param amount in 10^-12 USD
 * @param at since when
 * @param expires counts no longer then, unless there is a batch of that id
 */
record Hold(String id, Spender spender, long amount, Instant at, Instant expires) {

  /** Spent by a gateway on calls at once. */
  static final String LEASE = "lease/";

  /** What calls have probably cost that nobody knows the cost of. */
  static final String UNPRICED = "unpriced/";

  boolean isOfBatch() {
    return !id.startsWith(LEASE) && !id.startsWith(UNPRICED);
  }

  /** Whether it counts for a window that began then: what is not known is spent at its time. */
  boolean counts(Instant begin) {
    return !id.startsWith(UNPRICED) || !at.isBefore(begin);
  }
}
