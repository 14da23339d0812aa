package dev.offpeak.standalone.endings;

import dev.offpeak.schemas.avro.FailureKind;

/** So many requests of a scenario end like this. */
record Share(int requests, Outcome outcome) {

  static Share answered(int requests) {
    return new Share(requests, Outcome.answered(1));
  }

  static Share retryable(int requests, String code) {
    return failed(requests, code, FailureKind.RETRYABLE);
  }

  static Share yourInput(int requests, String code) {
    return failed(requests, code, FailureKind.YOUR_INPUT);
  }

  static Share ofAccount(int requests, String code) {
    return failed(requests, code, FailureKind.ACCOUNT);
  }

  static Share ofProvider(int requests, String code) {
    return failed(requests, code, FailureKind.PROVIDER);
  }

  private static Share failed(int requests, String code, FailureKind kind) {
    return new Share(requests, new Outcome(code, kind, 1));
  }

  /** The same at that attempt. */
  Share atAttempt(int attempt) {
    return new Share(requests, new Outcome(outcome.code(), outcome.kind(), attempt));
  }

  /** As the page has it. */
  String text() {
    return requests + " " + outcome.text();
  }
}
