package dev.offpeak.provider.gemini;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.core.price.TokenUsage;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.line.LineBytes;
import dev.offpeak.provider.line.LineContent;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A line of a results file, or one inlined response, whose key stands in its metadata. The key may
 * come last (PROVIDERS.md C1).
 */
final class GeminiLine implements LineContent {

  private static final int OK = 200;
  private static final int FIRST_HTTP_ERROR = 400;

  private final LineBytes bytes;

  private @Nullable String key;
  private byte @Nullable [] response;
  private String model = "";
  private @Nullable String responseId;
  private TokenUsage usage = TokenUsage.NONE;
  private byte @Nullable [] error;
  private int errorCode;
  private String errorStatus = "";
  private String errorMessage = "";

  GeminiLine(LineBytes bytes) {
    this.bytes = bytes;
  }

  @Override
  public void read(JsonParser in) throws IOException {
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String field = in.currentName();
      boolean isObject = in.nextToken() == JsonToken.START_OBJECT;
      switch (field) {
        case "key" -> key = LineBytes.text(in);
        case "metadata" -> {
          if (isObject) {
            readMetadata(in);
          }
        }
        case "response" -> {
          int from = bytes.at(in);
          if (isObject) {
            readResponse(in);
            response = bytes.to(in, from);
          }
        }
        case "error", "status" -> {
          int from = bytes.at(in);
          if (isObject) {
            readError(in);
            error = bytes.to(in, from);
          }
        }
        default -> {}
      }
      in.skipChildren();
    }
  }

  private void readMetadata(JsonParser in) throws IOException {
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String field = in.currentName();
      in.nextToken();
      if (field.equals("key")) {
        key = LineBytes.text(in);
      }
      in.skipChildren();
    }
  }

  private void readResponse(JsonParser in) throws IOException {
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "modelVersion" -> model = Objects.requireNonNullElse(LineBytes.text(in), "");
        case "responseId" -> responseId = LineBytes.text(in);
        case "usageMetadata" -> usage = GeminiUsage.read(in);
        default -> in.skipChildren();
      }
    }
  }

  private void readError(JsonParser in) throws IOException {
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "code" -> errorCode = in.getValueAsInt();
        case "status" -> errorStatus = in.getValueAsString("");
        case "message" -> errorMessage = in.getValueAsString("");
        default -> {}
      }
      in.skipChildren();
    }
  }

  @Override
  public ResultLine unreadable(String problem) {
    return new ResultLine.Unreadable(key, problem);
  }

  @Override
  public ResultLine result() {
    String id = key;
    if (id == null) {
      return unreadable("the line has no key");
    }
    if (error != null) {
      return failed(id, error);
    }
    return response == null
        ? unreadable("the line has neither response nor error")
        : new ResultLine.Succeeded(id, OK, responseId, model, response, usage);
  }

  /** Single requests of a job that succeeded can be cancelled by Gemini itself (code 1). */
  private ResultLine failed(String id, byte[] said) {
    RpcCode code = RpcCode.of(errorStatus, errorCode);
    return code == RpcCode.CANCELLED
        ? new ResultLine.Canceled(id, errorMessage)
        : new ResultLine.Errored(
            id,
            errorCode >= FIRST_HTTP_ERROR ? errorCode : 0,
            responseId,
            code.name(),
            errorMessage,
            said,
            code.verdict());
  }
}
