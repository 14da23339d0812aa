package dev.offpeak.provider.anthropic;

import static dev.offpeak.core.outcome.FailureCode.UNCLEAR_RESULT;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.core.price.ReportedUsage;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.ResultLine.Errored;
import dev.offpeak.provider.foreign.BodyWords;
import dev.offpeak.provider.line.LineBytes;
import dev.offpeak.provider.line.LineContent;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A line of a batch's results: one for each request, whatever became of it (docs/providers B1). */
final class AnthropicLine implements LineContent {

  private static final int OK = 200;

  private final LineBytes bytes;

  private @Nullable String customId;
  private @Nullable String type;
  private @Nullable String requestId;
  private byte @Nullable [] message;
  private String model = "";
  private ReportedUsage usage = ReportedUsage.MISSING;
  private boolean hasContent;
  private byte @Nullable [] error;
  private @Nullable String errorType;
  private @Nullable String errorMessage;

  AnthropicLine(LineBytes bytes) {
    this.bytes = bytes;
  }

  @Override
  public void read(JsonParser in) throws IOException {
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String field = in.currentName();
      JsonToken value = in.nextToken();
      switch (field) {
        case "custom_id" -> customId = LineBytes.text(in);
        case "result" -> {
          if (value == JsonToken.START_OBJECT) {
            readResult(in);
          }
        }
        default -> {}
      }
      in.skipChildren();
    }
  }

  private void readResult(JsonParser in) throws IOException {
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String field = in.currentName();
      JsonToken value = in.nextToken();
      boolean isObject = value == JsonToken.START_OBJECT;
      switch (field) {
        case "type" -> type = LineBytes.text(in);
        case "message" -> {
          int from = bytes.at(in);
          if (isObject) {
            readMessage(in);
            message = bytes.to(in, from);
          }
        }
        case "error" -> {
          int from = bytes.at(in);
          if (isObject) {
            readErrorResponse(in);
            error = bytes.to(in, from);
          }
        }
        default -> {}
      }
      in.skipChildren();
    }
  }

  private void readMessage(JsonParser in) throws IOException {
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String field = in.currentName();
      JsonToken value = in.nextToken();
      switch (field) {
        case "content" -> {
          hasContent = value == JsonToken.START_ARRAY;
          in.skipChildren();
        }
        case "model" -> model = Objects.requireNonNullElse(LineBytes.text(in), "");
        case "usage" -> usage = AnthropicUsage.read(in);
        default -> in.skipChildren();
      }
    }
  }

  /** The error stands within an error response, as over HTTP; one that does not is read too. */
  private void readErrorResponse(JsonParser in) throws IOException {
    String outerType = null;
    String outerMessage = null;
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String field = in.currentName();
      JsonToken value = in.nextToken();
      switch (field) {
        case "type" -> outerType = LineBytes.text(in);
        case "message" -> outerMessage = LineBytes.text(in);
        case "request_id" -> requestId = LineBytes.text(in);
        case "error" -> {
          if (value == JsonToken.START_OBJECT) {
            readError(in);
          }
        }
        default -> {}
      }
      in.skipChildren();
    }
    errorType = errorType == null ? outerType : errorType;
    errorMessage = errorMessage == null ? outerMessage : errorMessage;
  }

  private void readError(JsonParser in) throws IOException {
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "type" -> errorType = LineBytes.text(in);
        case "message" -> errorMessage = LineBytes.text(in);
        default -> in.skipChildren();
      }
    }
  }

  @Override
  public ResultLine unreadable(String problem) {
    return new ResultLine.Unreadable(customId, problem);
  }

  @Override
  public ResultLine result() {
    String id = customId;
    if (id == null) {
      return unreadable("the line has no custom_id");
    }
    return switch (type) {
      case "succeeded" -> succeeded(id);
      case "errored" -> errored(id);
      case "canceled" -> new ResultLine.Canceled(id, "cancelled before it was executed");
      case "expired" -> new ResultLine.Expired(id, "expired before it was executed");
      case null, default -> unclear(id, "the result has the type " + type);
    };
  }

  /** A message without a word is one, such as a refusal; one without content is none. */
  private ResultLine succeeded(String id) {
    byte[] answer = message;
    return answer == null || !hasContent
        ? unclear(id, "the result is called a success, and has no message with content")
        : new ResultLine.Succeeded(id, OK, null, model, answer, usage);
  }

  private Errored unclear(String id, String problem) {
    byte[] said = message == null ? error : message;
    String quoted = errorMessage == null ? "" : " (it says: " + errorMessage + ")";
    return ResultLine.unclear(
            id,
            0,
            UNCLEAR_RESULT,
            problem + "; it may have been executed and billed" + quoted,
            said)
        .withUsage(model, usage);
  }

  /** Errored requests are not billed (docs/providers B3). */
  private ResultLine errored(String id) {
    String code = errorType;
    if (code == null) {
      return unclear(id, "the result is an error without a type");
    }
    byte[] said = error == null ? new byte[0] : error;
    return new Errored(
            id,
            0,
            requestId,
            code,
            BodyWords.or(Objects.requireNonNullElse(errorMessage, ""), said),
            said,
            AnthropicCodes.verdict(code))
        .withUsage(model, usage);
  }
}
