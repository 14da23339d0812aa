package dev.offpeak.ingest.http;

/** Ends the handling of an HTTP request with an error for the client. */
public final class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient ApiError error;

  /** Ends it with that. */
  public ApiException(ApiError error) {
    // No stack: this is an answer, not a fault.
    super(error.message(), null, false, false);
    this.error = error;
  }

  ApiError error() {
    return error;
  }
}
