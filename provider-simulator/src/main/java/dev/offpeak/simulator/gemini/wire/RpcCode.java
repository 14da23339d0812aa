package dev.offpeak.simulator.gemini.wire;

import java.util.Arrays;

/** The status codes of google.rpc, with the HTTP status under which each is sent. */
public enum RpcCode {
  CANCELLED(1, 499),
  INVALID_ARGUMENT(3, 400),
  DEADLINE_EXCEEDED(4, 504),
  NOT_FOUND(5, 404),
  ALREADY_EXISTS(6, 409),
  PERMISSION_DENIED(7, 403),
  RESOURCE_EXHAUSTED(8, 429),
  FAILED_PRECONDITION(9, 400),
  ABORTED(10, 409),
  OUT_OF_RANGE(11, 400),
  UNIMPLEMENTED(12, 501),
  INTERNAL(13, 500),
  UNAVAILABLE(14, 503),
  UNAUTHENTICATED(16, 401);

  private final int number;
  private final int http;

  RpcCode(int number, int http) {
    this.number = number;
    this.http = http;
  }

  /** The number of the code, which is what operations and result lines carry. */
  public int number() {
    return number;
  }

  /** The HTTP status. */
  public int http() {
    return http;
  }

  /** The code of an HTTP status; 0 is a single request that was cancelled. */
  public static RpcCode ofHttp(int status) {
    if (status == 0) {
      return CANCELLED;
    }
    return Arrays.stream(values())
        .filter(code -> code.http == status)
        .findFirst()
        .orElse(status >= 500 ? INTERNAL : INVALID_ARGUMENT);
  }

  /** The code of that name, or of that number; {@link #INVALID_ARGUMENT} when there is none. */
  public static RpcCode named(String name) {
    return Arrays.stream(values())
        .filter(code -> code.name().equals(name) || Integer.toString(code.number).equals(name))
        .findFirst()
        .orElse(INVALID_ARGUMENT);
  }
}
