package dev.offpeak.schemas.request;

import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.schemas.record.Blame;

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

  /** Of a record that breaks its reader in a way that no rule has foreseen. */
  static Refusal of(Throwable unforeseen) {
    return new Refusal(
        FailureCode.UNPROCESSABLE_RECORD, "the record can't be read: " + Blame.words(unforeseen));
  }

  static Refusal malformed(String message) {
    return new Refusal(FailureCode.MALFORMED_RECORD, message);
  }
}
