package dev.offpeak.simulator.anthropic.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.http.Refusal;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.json.Json;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Errors in Anthropic's envelope: {@code {"type":"error","error":{"type","message"},"request_id"}}.
 */
public final class AnthropicErrors {
  /** The type of errors that the caller made. */
  public static final String INVALID_REQUEST = "invalid_request_error";

  private AnthropicErrors() {}

  /** What the envelope holds. */
  public record ErrorBody(String type, String message) {
    /** Writes the envelope with the id of the call. */
    public void write(JsonGenerator json, String requestId) throws IOException {
      json.writeStartObject();
      json.writeStringField("type", "error");
      json.writeObjectFieldStart("error");
      json.writeStringField("type", type);
      json.writeStringField("message", message);
      json.writeEndObject();
      json.writeStringField("request_id", requestId);
      json.writeEndObject();
    }
  }

  /** An error as the answer; the id of the call comes in when it is sent. */
  public static Reply reply(int status, ErrorBody body) {
    return new Reply(
        status,
        "application/json",
        Map.of(),
        new Reply.Body.Quoting(id -> Json.bytes(json -> body.write(json, id))));
  }

  /** An error in the given words, or in the usual ones. */
  public static Refusal refusal(int status, @Nullable String message) {
    return new Refusal(reply(status, ofStatus(status, null, message)));
  }

  /** A 400. */
  public static Refusal refuse(String message) {
    return refusal(400, message);
  }

  /** A 404. */
  public static Refusal notFound(String message) {
    return refusal(404, message);
  }

  /** A 429 that says when to try again. */
  public static Refusal rateLimited(String message, long waitMillis) {
    Reply reply = reply(429, ofStatus(429, null, message));
    return new Refusal(
        waitMillis == 0
            ? reply
            : reply.with("retry-after", Long.toString(Math.ceilDiv(waitMillis, 1000L))));
  }

  /** The error of a status, in the provider's words where none are given. */
  public static ErrorBody ofStatus(int status, @Nullable String type, @Nullable String message) {
    ErrorBody usual = usual(status);
    return new ErrorBody(
        type == null ? usual.type : type, message == null ? usual.message : message);
  }

  private static ErrorBody usual(int status) {
    return switch (status) {
      case 401 -> new ErrorBody("authentication_error", "invalid x-api-key");
      case 402 ->
          new ErrorBody(
              "billing_error",
              "Your credit balance is too low to access the Anthropic API. Please go to Plans &"
                  + " Billing to upgrade or purchase credits.");
      case 403 ->
          new ErrorBody(
              "permission_error", "Your API key does not have permission to use this resource.");
      case 404 -> new ErrorBody("not_found_error", "Not found");
      case 409 -> new ErrorBody("conflict_error", "The request conflicts with another one.");
      case 413 -> new ErrorBody("request_too_large", "Request exceeds the maximum size");
      case 429 ->
          new ErrorBody(
              "rate_limit_error", "This request would exceed your organization's rate limit.");
      case 504 -> new ErrorBody("timeout_error", "Request timed out");
      case 529 -> new ErrorBody("overloaded_error", "Overloaded");
      default ->
          status >= 500
              ? new ErrorBody("api_error", "Internal server error")
              : new ErrorBody(INVALID_REQUEST, "The request was refused.");
    };
  }
}
