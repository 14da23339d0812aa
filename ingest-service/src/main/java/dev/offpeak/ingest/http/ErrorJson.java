package dev.offpeak.ingest.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An error in the shape of each provider, so that its SDK raises the exception it has for it. */
public final class ErrorJson {

  private ErrorJson() {}

  /** The body, as of an answer that says no id. */
  public static byte[] of(ApiError error, Dialect dialect) {
    return of(error, dialect, null);
  }

  /**
   * The body.
   *
   * @param requestId that the answer has
   */
  public static byte[] of(ApiError error, Dialect dialect, @Nullable String requestId) {
    return switch (dialect) {
      case OPENAI -> Json.of(error);
      case ANTHROPIC -> Json.object(json -> anthropic(json, error, requestId));
      case GEMINI -> Json.object(json -> gemini(json, error));
    };
  }

  private static void anthropic(JsonGenerator json, ApiError error, @Nullable String requestId)
      throws IOException {
    json.writeStringField("type", "error");
    json.writeObjectFieldStart("error");
    json.writeStringField("type", anthropicType(error.status(Dialect.ANTHROPIC)));
    json.writeStringField("message", error.message());
    json.writeEndObject();
    if (requestId != null) {
      json.writeStringField("request_id", requestId);
    }
  }

  private static String anthropicType(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 402 -> "billing_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 503, 529 -> "overloaded_error";
      case 504 -> "timeout_error";
      default -> status < 500 ? "invalid_request_error" : "api_error";
    };
  }

  private static void gemini(JsonGenerator json, ApiError error) throws IOException {
    json.writeObjectFieldStart("error");
    json.writeNumberField("code", error.status());
    json.writeStringField("message", error.message());
    json.writeStringField("status", geminiStatus(error.status()));
    json.writeArrayFieldStart("details");
    json.writeEndArray();
    json.writeEndObject();
  }

  private static String geminiStatus(int status) {
    return switch (status) {
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 409 -> "ABORTED";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 502, 503 -> "UNAVAILABLE";
      case 504 -> "DEADLINE_EXCEEDED";
      default -> status < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
    };
  }
}
