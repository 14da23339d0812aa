package dev.offpeak.schemas.request;

import dev.offpeak.core.outcome.FailureCode;

/** Ends the reading of a record that breaks a rule; never leaves this package. */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  private final FailureCode code;

  Refusal(FailureCode code, String message) {
    // No stack trace: bad records may come by the million.
    super(message, null, false, false);
    this.code = code;
  }

  FailureCode code() {
    return code;
  }

  /** The message, which is never null here. */
  String text() {
    return String.valueOf(getMessage());
  }

  static Refusal malformed(String message) {
    return new Refusal(FailureCode.MALFORMED_RECORD, message);
  }
}
