package dev.offpeak.simulator.openai.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.http.Refusal;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.json.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Errors in OpenAI's envelope: {@code {"error":{"message","type","param","code"}}}. */
public final class OpenAiErrors {
  /** The type of errors that the caller made. */
  public static final String INVALID_REQUEST = "invalid_request_error";

  private OpenAiErrors() {}

  /** What the envelope holds. */
  public record ErrorBody(
      String message, String type, @Nullable String param, @Nullable String code) {
    /** Writes the envelope. */
    public void write(JsonGenerator json) throws IOException {
      json.writeStartObject();
      json.writeObjectFieldStart("error");
      json.writeStringField("message", message);
      json.writeStringField("type", type);
      json.writeStringField("param", param);
      json.writeStringField("code", code);
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  /** An error as the answer. */
  public static Reply reply(int status, ErrorBody body) {
    return Reply.json(status, Json.bytes(body::write));
  }

  static Reply badRequest(String message, @Nullable String param, @Nullable String code) {
    return reply(400, new ErrorBody(message, INVALID_REQUEST, param, code));
  }

  /** A 400. */
  public static Refusal refuse(String message, @Nullable String param, @Nullable String code) {
    return new Refusal(badRequest(message, param, code));
  }

  /** A 404. */
  public static Refusal notFound(String message, @Nullable String param) {
    return new Refusal(reply(404, new ErrorBody(message, INVALID_REQUEST, param, null)));
  }

  /** A model that does not exist. */
  public static Refusal noModel(String model) {
    String message = "The model `" + model + "` does not exist or you do not have access to it.";
    return new Refusal(
        reply(404, new ErrorBody(message, INVALID_REQUEST, null, "model_not_found")));
  }

  /** A 429 that says when to try again, in all headers that clients look for. */
  public static Refusal rateLimited(String what, int limit, long waitMillis) {
    String message =
        "Rate limit reached for %s. Limit: %d. Please try again in %dms."
            .formatted(what, limit, waitMillis);
    return new Refusal(
        reply(429, new ErrorBody(message, "requests", null, "rate_limit_exceeded"))
            .with("retry-after", Long.toString(Math.ceilDiv(waitMillis, 1000L)))
            .with("retry-after-ms", Long.toString(waitMillis))
            .with("x-ratelimit-limit-requests", Integer.toString(limit))
            .with("x-ratelimit-remaining-requests", "0")
            .with("x-ratelimit-reset-requests", waitMillis + "ms"));
  }

  /** The error of a status that a fault asks for, in the provider's words where none are given. */
  public static ErrorBody ofStatus(int status, @Nullable String code, @Nullable String message) {
    ErrorBody usual = usual(status, code);
    return new ErrorBody(
        message == null ? usual.message : message,
        usual.type,
        usual.param,
        code == null ? usual.code : code);
  }

  private static ErrorBody usual(int status, @Nullable String code) {
    if ("insufficient_quota".equals(code)) {
      return new ErrorBody(
          "You exceeded your current quota, please check your plan and billing details.",
          "insufficient_quota",
          null,
          code);
    }
    return switch (status) {
      case 401 ->
          new ErrorBody("Incorrect API key provided.", INVALID_REQUEST, null, "invalid_api_key");
      case 403 ->
          new ErrorBody("You do not have access to this resource.", "permission_error", null, null);
      case 429 ->
          new ErrorBody(
              "Rate limit reached for requests.", "requests", null, "rate_limit_exceeded");
      case 503 ->
          new ErrorBody("The server is overloaded or not ready yet.", "server_error", null, null);
      default ->
          status >= 500
              ? new ErrorBody(
                  "The server had an error while processing your request. Sorry about that!",
                  "server_error",
                  null,
                  null)
              : new ErrorBody("The request was refused.", INVALID_REQUEST, null, null);
    };
  }
}
