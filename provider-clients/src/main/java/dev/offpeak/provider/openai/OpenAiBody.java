package dev.offpeak.provider.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.core.price.ReportedUsage;
import dev.offpeak.provider.line.LineBytes;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response, read as far as it says whether there is an answer in it: a good status
 * does not. Every endpoint has its answer in a list of one of four names, or, as a video, in fields
 * of its own.
 */
final class OpenAiBody {

  private String model = "";
  private ReportedUsage usage = ReportedUsage.MISSING;
  private ErrorText error = ErrorText.NONE;
  private @Nullable String status;
  private String incompleteWhy = "";
  private boolean hasError;
  private boolean hasList;
  private boolean hasItems;
  private boolean hasMore;

  /** Reads the object whose first brace is the current token, to its last. */
  void read(JsonParser in) throws IOException {
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String field = in.currentName();
      JsonToken value = in.nextToken();
      switch (field) {
        case "model" -> model = Objects.requireNonNullElse(LineBytes.text(in), "");
        case "usage" -> usage = OpenAiUsage.read(in);
        case "status" -> status = LineBytes.text(in);
        case "error" -> {
          hasError = value != JsonToken.VALUE_NULL && value != JsonToken.VALUE_FALSE;
          error = ErrorText.read(in);
        }
        case "incomplete_details" -> incompleteWhy = reason(in);
        case "choices", "output", "data", "results" -> {
          hasList = true;
          hasItems |= hasItems(in);
        }
        case "id", "object", "created", "created_at" -> in.skipChildren();
        default -> {
          hasMore |= value != JsonToken.VALUE_NULL;
          in.skipChildren();
        }
      }
    }
  }

  private static boolean hasItems(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      in.skipChildren();
      return false;
    }
    boolean some = false;
    while (in.nextToken() != JsonToken.END_ARRAY) {
      some = true;
      in.skipChildren();
    }
    return some;
  }

  private static String reason(JsonParser in) throws IOException {
    String reason = LineBytes.textOf(in, "reason");
    return reason == null ? "" : ": " + reason;
  }

  String model() {
    return model;
  }

  ReportedUsage usage() {
    return usage;
  }

  ErrorText error() {
    return error;
  }

  /** Whether it has an error, which an empty one beside an answer is not. */
  boolean isError() {
    return hasError && (error.saysSomething() || !hasItems);
  }

  /** Whether it is a Response (or a video) that says itself that it failed. */
  boolean hasFailed() {
    return "failed".equals(status);
  }

  /** Why there is no answer in it; null when there is one. */
  @Nullable String emptiness() {
    if (hasItems || (hasList && "completed".equals(status))) {
      return null;
    }
    if (hasList) {
      return status == null
          ? "its list of answers is empty"
          : "its status is " + status + incompleteWhy + ", and it has no output";
    }
    return "incomplete".equals(status) || "cancelled".equals(status)
        ? "its status is " + status + incompleteWhy + ", and it has no output"
        : null;
  }

  /** Whether there is nothing in it that could be an answer. */
  boolean isBlank() {
    return !hasList && !hasMore;
  }
}
