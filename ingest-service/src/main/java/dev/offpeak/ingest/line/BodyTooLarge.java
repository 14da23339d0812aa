package dev.offpeak.ingest.line;

import java.io.IOException;

/** A body has gone over its limit. What came before the limit was handed out. */
public final class BodyTooLarge extends IOException {

  private static final long serialVersionUID = 1;

  /** The limit in bytes. */
  private final long limit;

  BodyTooLarge(long limit) {
    super("the body has more than " + limit + " bytes");
    this.limit = limit;
  }

  /** The limit in bytes. */
  public long limit() {
    return limit;
  }
}
