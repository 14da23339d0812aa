package dev.offpeak.simulator.fault;

import java.util.Locale;

/**
 * Answers that no provider should give, and that one day one does, or a proxy before it. The name
 * in rules is that of the constant in lower case; the README says what each does.
 */
public enum Hostility {
  /** A body without end and without a line feed. */
  ENDLESS_BODY(Kind.INSTEAD),
  /** Lines of JSON without end, of ids that nobody knows. */
  ENDLESS_LINES(Kind.INSTEAD),
  /** One line of a gigabyte, generated while it is sent. */
  GIANT_LINE(Kind.INSTEAD),
  /** No byte, and the connection stays open. */
  NEVER_ANSWERS(Kind.INSTEAD),
  /** A redirect to the call itself. */
  REDIRECT_LOOP(Kind.INSTEAD),
  /** A redirect to the same path under another host name, where it would take effect. */
  REDIRECT_ELSEWHERE(Kind.INSTEAD),
  /** A 429 that asks to wait for 31 years. */
  RETRY_IN_DECADES(Kind.INSTEAD),
  /** A 429 that asks to wait until the last day of the year 9999. */
  RETRY_IN_9999(Kind.INSTEAD),
  /** A 429 that asks to wait for -1 seconds. */
  RETRY_NEGATIVE(Kind.INSTEAD),
  /** A 429 that asks to wait for NaN seconds. */
  RETRY_NAN(Kind.INSTEAD),
  /** The page of a proxy, with status 200. */
  HTML(Kind.INSTEAD),
  /** Nothing, with status 200. */
  EMPTY(Kind.INSTEAD),
  /** JSON that is none of the provider's, with status 200. */
  WRONG_SHAPE(Kind.INSTEAD),
  /** A gigabyte in a megabyte of gzip that was not asked for. */
  GZIP_BOMB(Kind.INSTEAD),
  /** Headers without end. */
  HEADER_STORM(Kind.INSTEAD),
  /** One header without end. */
  GIANT_HEADER(Kind.INSTEAD),
  /** Interim answers (103) without end. */
  INTERIM_STORM(Kind.INSTEAD),

  /** Half of the true answer; then nothing, and the connection stays open. */
  HALF_ANSWER(Kind.BADLY_SENT),
  /** The true answer without a length, and the connection stays open. */
  NEVER_CLOSED(Kind.BADLY_SENT),
  /** The true answer, a byte a second. */
  DRIP(Kind.BADLY_SENT),
  /** The true answer is shorter than it says. */
  LENGTH_TOO_LONG(Kind.BADLY_SENT),
  /** The true answer is longer than it says. */
  LENGTH_TOO_SHORT(Kind.BADLY_SENT),
  /** The true answer begins in chunks, of which the second has no size. */
  GARBAGE_CHUNKS(Kind.BADLY_SENT),

  /** Numbers are of 5,000 digits, NaN, negative, too large for any type, in turns. */
  ODD_NUMBERS(Kind.TWISTED),
  /** A state that nobody knows. */
  UNKNOWN_STATUS(Kind.TWISTED),
  /** Counts are far too high. */
  COUNTS_TOO_HIGH(Kind.TWISTED),
  /** Counts are zero. */
  COUNTS_TOO_LOW(Kind.TWISTED),
  /** Counts are negative. */
  COUNTS_NEGATIVE(Kind.TWISTED),
  /** The ids of result files are not there. */
  FILES_MISSING(Kind.TWISTED),
  /** It is about another file or batch than the one that was asked for. */
  OTHER_ID(Kind.TWISTED),
  /** Before each line of results one with an id that nobody knows. */
  FOREIGN_LINES(Kind.TWISTED),
  /** Every line of results twice. */
  DOUBLED_LINES(Kind.TWISTED),
  /** After each line of results one that says that the request has failed. */
  CONTRADICTED_LINES(Kind.TWISTED),
  /** The results are those of requests that nobody knows. */
  OTHER_LINES(Kind.TWISTED);

  /** What becomes of the true answer. */
  public enum Kind {
    /** There is none; the call takes effect only with {@code after_effect}. */
    INSTEAD,
    /** The call takes effect, and its answer is sent as no server should. */
    BADLY_SENT,
    /** The call takes effect, and its answer says something else. */
    TWISTED
  }

  private final Kind kind;

  Hostility(Kind kind) {
    this.kind = kind;
  }

  /** What becomes of the true answer. */
  public Kind kind() {
    return kind;
  }

  /** The name in rules. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
