package dev.offpeak.ledger.report;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Days of UTC.
 *
 * @param from the first; null is the beginning
 * @param to the last; null is today and later
 */
public record Period(@Nullable LocalDate from, @Nullable LocalDate to) {

  /** All days. */
  public static final Period ALL = new Period(null, null);

  public Period {
    if (from != null && to != null && to.isBefore(from)) {
      throw new IllegalArgumentException("the last day, " + to + ", is before the first, " + from);
    }
  }
}
