package dev.offpeak.simulator.gemini.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.http.Refusal;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.json.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Errors in Gemini's envelope: {@code
 * {"error":{"code":400,"message":…,"status":"…","details":[…]}}}.
 */
public final class GeminiErrors {
  private GeminiErrors() {}

  private static void write(
      JsonGenerator json, int http, String status, String message, Json.@Nullable Writer details)
      throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("error");
    json.writeNumberField("code", http);
    json.writeStringField("message", message);
    json.writeStringField("status", status);
    if (details != null) {
      json.writeArrayFieldStart("details");
      details.write(json);
      json.writeEndArray();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  /** Writes the envelope without details. */
  public static void write(JsonGenerator json, int http, String status, String message)
      throws IOException {
    write(json, http, status, message, null);
  }

  private static Reply reply(
      int http, String status, String message, Json.@Nullable Writer details) {
    return Reply.json(http, Json.bytes(json -> write(json, http, status, message, details)));
  }

  /** An error as the answer, in the usual words where none are given. */
  public static Reply reply(int http, @Nullable String status, @Nullable String message) {
    return reply(
        http,
        status == null ? RpcCode.ofHttp(http).name() : status,
        message == null ? usual(http) : message,
        null);
  }

  /** An error of a code. */
  public static Refusal refuse(RpcCode code, String message) {
    return new Refusal(reply(code.http(), code.name(), message));
  }

  /** An error of an HTTP status that rules name. */
  public static Refusal refusal(int http, String message) {
    return new Refusal(reply(http, null, message));
  }

  /** A field that has no place in the JSON. */
  public static Refusal unknownField(String path, String name) {
    String message =
        "Invalid JSON payload received. Unknown name \"%s\"%s: Cannot find field."
            .formatted(name, path.isEmpty() ? "" : " at '" + path + "'");
    return new Refusal(
        reply(
            400,
            RpcCode.INVALID_ARGUMENT.name(),
            message,
            json -> {
              json.writeStartObject();
              json.writeStringField("@type", "type.googleapis.com/google.rpc.BadRequest");
              json.writeArrayFieldStart("fieldViolations");
              json.writeStartObject();
              json.writeStringField("field", path);
              json.writeStringField("description", message);
              json.writeEndObject();
              json.writeEndArray();
              json.writeEndObject();
            }));
  }

  /** A key that is not known. */
  static Refusal invalidKey(int http) {
    return new Refusal(
        reply(
            http,
            RpcCode.ofHttp(http).name(),
            "API key not valid. Please pass a valid API key.",
            json -> {
              json.writeStartObject();
              json.writeStringField("@type", "type.googleapis.com/google.rpc.ErrorInfo");
              json.writeStringField("reason", "API_KEY_INVALID");
              json.writeStringField("domain", "googleapis.com");
              json.writeEndObject();
            }));
  }

  /** A quota that is used up; it seldom says when to try again. */
  public static Reply exhausted(@Nullable String message, long retrySeconds) {
    String text = message == null ? usual(429) : message;
    String status = RpcCode.RESOURCE_EXHAUSTED.name();
    return retrySeconds == 0
        ? reply(429, status, text, null)
        : reply(
            429,
            status,
            text,
            json -> {
              json.writeStartObject();
              json.writeStringField("@type", "type.googleapis.com/google.rpc.RetryInfo");
              json.writeStringField("retryDelay", retrySeconds + "s");
              json.writeEndObject();
            });
  }

  /** What is usually said with an HTTP status. */
  public static String usual(int http) {
    return switch (http) {
      case 0 -> "The operation was cancelled.";
      case 401 -> "Request had invalid authentication credentials.";
      case 403 -> "The caller does not have permission";
      case 404 -> "Requested entity was not found.";
      case 413 -> "Request payload size exceeds the limit.";
      case 429 -> "You exceeded your current quota, please check your plan and billing details.";
      case 503 -> "The model is overloaded. Please try again later.";
      case 504 -> "Deadline expired before operation could complete.";
      default ->
          http >= 500
              ? "An internal error has occurred. Please retry."
              : "Request contains an invalid argument.";
    };
  }
}
