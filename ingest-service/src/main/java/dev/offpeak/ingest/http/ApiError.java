package dev.offpeak.ingest.http;

import org.jspecify.annotations.Nullable;

/**
 * An error as the client sees it, in the shape of OpenAI's: {@code {"error": {"message", "type",
 * "param", "code"}}}.
 *
 * @param status of HTTP
 * @param code for programs, lower case
 * @param message what is wrong and what to do, for a person
 * @param param the header or field that is wrong; null when it is none in particular
 */
record ApiError(int status, String code, String message, @Nullable String param) {

  ApiError(int status, String code, String message) {
    this(status, code, message, null);
  }

  /** Whose fault it is, in OpenAI's words, by the status. */
  String type() {
    return switch (status) {
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 429 -> "rate_limit_error";
      default -> status < 500 ? "invalid_request_error" : "server_error";
    };
  }
}
