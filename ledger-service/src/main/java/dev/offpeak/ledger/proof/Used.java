package dev.offpeak.ledger.proof;

/**
 * Requests and their tokens.
 *
 * @param input cached and written ones included
 */
public record Used(long requests, long input, long cached, long written, long output) {

  /** Nothing. */
  public static final Used NONE = new Used(0, 0, 0, 0, 0);

  Used plus(Used more) {
    return new Used(
        Math.addExact(requests, more.requests),
        Math.addExact(input, more.input),
        Math.addExact(cached, more.cached),
        Math.addExact(written, more.written),
        Math.addExact(output, more.output));
  }

  Used minus(Used less) {
    return plus(new Used(-less.requests, -less.input, -less.cached, -less.written, -less.output));
  }

  Used uncounted() {
    return new Used(0, input, cached, written, output);
  }

  boolean isNothing() {
    return equals(NONE);
  }

  boolean isNowhereNegative() {
    return requests >= 0 && input >= 0 && cached >= 0 && written >= 0 && output >= 0;
  }
}
