package dev.offpeak.provider.gemini;

import dev.offpeak.provider.ResultLine.Verdict;

/** google.rpc's codes, by their numbers (docs/providers C1, C4). */
enum RpcCode {
  OK(Verdict.UNCLEAR),
  CANCELLED(Verdict.RETRYABLE),
  UNKNOWN(Verdict.UNCLEAR),
  INVALID_ARGUMENT(Verdict.YOUR_INPUT),
  DEADLINE_EXCEEDED(Verdict.RETRYABLE),
  NOT_FOUND(Verdict.YOUR_INPUT),
  ALREADY_EXISTS(Verdict.PROVIDER),
  PERMISSION_DENIED(Verdict.ACCOUNT),
  RESOURCE_EXHAUSTED(Verdict.RETRYABLE),
  FAILED_PRECONDITION(Verdict.YOUR_INPUT),
  ABORTED(Verdict.RETRYABLE),
  OUT_OF_RANGE(Verdict.YOUR_INPUT),
  UNIMPLEMENTED(Verdict.YOUR_INPUT),
  INTERNAL(Verdict.RETRYABLE),
  UNAVAILABLE(Verdict.RETRYABLE),
  DATA_LOSS(Verdict.PROVIDER),
  UNAUTHENTICATED(Verdict.ACCOUNT);

  private static final int FIRST_HTTP_ERROR = 400;

  private final Verdict verdict;

  RpcCode(Verdict verdict) {
    this.verdict = verdict;
  }

  /** What it means as the error of one request. */
  Verdict verdict() {
    return verdict;
  }

  /** The code of that name or number; HTTP's numbers stand for their codes. */
  static RpcCode of(String status, int number) {
    for (RpcCode code : values()) {
      if (code.name().equals(status)) {
        return code;
      }
    }
    if (number > 0 && number < values().length) {
      return values()[number];
    }
    return number >= FIRST_HTTP_ERROR ? ofHttp(number) : UNKNOWN;
  }

  private static RpcCode ofHttp(int status) {
    return switch (status) {
      case 401 -> UNAUTHENTICATED;
      case 403 -> PERMISSION_DENIED;
      case 404 -> NOT_FOUND;
      case 408, 504 -> DEADLINE_EXCEEDED;
      case 409 -> ABORTED;
      case 429 -> RESOURCE_EXHAUSTED;
      case 499 -> CANCELLED;
      case 503 -> UNAVAILABLE;
      default -> status >= 500 ? INTERNAL : INVALID_ARGUMENT;
    };
  }
}
