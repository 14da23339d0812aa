package dev.offpeak.ingest.http;

import java.util.Map;

/** Ends the handling of an HTTP request with an error for the client. */
public final class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient ApiError error;
  private final transient Map<String, String> headers;

  /** Ends it with that. */
  public ApiException(ApiError error) {
    this(error, Map.of());
  }

  /** Ends it with that, and with these headers. */
  public ApiException(ApiError error, Map<String, String> headers) {
    // No stack: this is an answer, not a fault.
    super(error.message(), null, false, false);
    this.error = error;
    this.headers = Map.copyOf(headers);
  }

  /** Whether what was asked may have been executed, and billed. */
  public boolean mayBeBilled() {
    return error.code().equals(ApiError.UPSTREAM_LOST);
  }

  ApiError error() {
    return error;
  }

  Map<String, String> headers() {
    return headers;
  }
}
