package dev.offpeak.schemas.request;

import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.schemas.record.RecordFault;

/** Ends the reading of a record that breaks a rule; never leaves this package. */
final class RequestRefusal extends Exception {

  private static final long serialVersionUID = 1L;

  private final FailureCode code;

  RequestRefusal(FailureCode code, String message) {
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
  static RequestRefusal of(Throwable unforeseen) {
    return new RequestRefusal(
        FailureCode.UNPROCESSABLE_RECORD,
        "the record can't be read: " + RecordFault.words(unforeseen));
  }

  static RequestRefusal malformed(String message) {
    return new RequestRefusal(FailureCode.MALFORMED_RECORD, message);
  }
}
