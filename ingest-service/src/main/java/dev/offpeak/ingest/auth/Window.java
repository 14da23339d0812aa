package dev.offpeak.ingest.auth;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** For how long a budget is: by the calendar, in UTC. */
public enum Window {
  DAY,
  MONTH;

  /** The first day of the window that it is now. */
  public LocalDate begin(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    return this == DAY ? today : today.withDayOfMonth(1);
  }

  /** When the next one begins. */
  public Instant end(Instant now) {
    LocalDate begin = begin(now);
    LocalDate next = this == DAY ? begin.plusDays(1) : begin.plusMonths(1);
    return next.atStartOfDay().toInstant(ZoneOffset.UTC);
  }
}
