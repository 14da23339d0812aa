package dev.offpeak.provider.openai;

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
 * A line of an output or error file (PROVIDERS.md A1, E). Files are not what the reference says:
 * failures stand as {@code error} or inside a response of an {@code error: null} line, with 4xx,
 * 5xx or a status of 0.
 */
final class OpenAiLine implements LineContent {

  private final LineBytes bytes;

  private @Nullable String customId;
  private boolean hasResponse;
  private int status;
  private @Nullable String requestId;
  private byte @Nullable [] body;
  private String model = "";
  private TokenUsage usage = TokenUsage.NONE;
  private ErrorText bodyError = ErrorText.NONE;
  private ErrorText lineError = ErrorText.NONE;
  private byte @Nullable [] lineErrorBytes;

  OpenAiLine(LineBytes bytes) {
    this.bytes = bytes;
  }

  @Override
  public void read(JsonParser in) throws IOException {
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String field = in.currentName();
      JsonToken value = in.nextToken();
      switch (field) {
        case "custom_id" -> customId = LineBytes.text(in);
        case "response" -> readResponse(in, value);
        case "error" -> {
          int from = bytes.at(in);
          lineError = ErrorText.read(in);
          lineErrorBytes = value == JsonToken.VALUE_NULL ? null : bytes.to(in, from);
        }
        default -> in.skipChildren();
      }
    }
  }

  private void readResponse(JsonParser in, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      in.skipChildren();
      return;
    }
    hasResponse = true;
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String field = in.currentName();
      JsonToken part = in.nextToken();
      switch (field) {
        case "status_code" -> {
          status = in.getValueAsInt();
          in.skipChildren();
        }
        case "request_id" -> requestId = LineBytes.text(in);
        case "body" -> readBody(in, part);
        default -> in.skipChildren();
      }
    }
  }

  private void readBody(JsonParser in, JsonToken value) throws IOException {
    int from = bytes.at(in);
    if (value == JsonToken.START_OBJECT) {
      while (in.nextToken() != JsonToken.END_OBJECT) {
        String field = in.currentName();
        in.nextToken();
        switch (field) {
          case "model" -> model = Objects.requireNonNullElse(LineBytes.text(in), "");
          case "usage" -> usage = OpenAiUsage.read(in);
          case "error" -> bodyError = ErrorText.read(in);
          default -> in.skipChildren();
        }
      }
    } else {
      in.skipChildren();
    }
    body = value == JsonToken.VALUE_NULL ? null : bytes.to(in, from);
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
    if (!hasResponse) {
      return lineErrorBytes == null
          ? unreadable("the line has neither response nor error")
          : notExecuted(id, lineErrorBytes);
    }
    if (status / 100 == 2 && lineErrorBytes == null) {
      return body == null
          ? unreadable("the response has no body")
          : new ResultLine.Succeeded(id, status, requestId, model, body, usage);
    }
    return errored(id);
  }

  private ResultLine notExecuted(String id, byte[] error) {
    return switch (lineError.codeOr("")) {
      case "batch_expired" -> new ResultLine.Expired(id, lineError.message());
      case "batch_cancelled", "batch_canceled" -> new ResultLine.Canceled(id, lineError.message());
      default -> {
        String code = lineError.codeOr("unknown_error");
        yield new ResultLine.Errored(
            id, 0, requestId, code, lineError.message(), error, OpenAiCodes.verdict(0, code));
      }
    };
  }

  /** A status of 0 means that the request was lost inside OpenAI: worth another try. */
  private ResultLine errored(String id) {
    ErrorText error = lineErrorBytes == null ? bodyError : lineError;
    String code = error.codeOr("http_" + status);
    byte[] said = body == null ? lineErrorBytes : body;
    return new ResultLine.Errored(
        id,
        status,
        requestId,
        code,
        error.message(),
        said == null ? new byte[0] : said,
        status == 0 && !OpenAiCodes.isAccount(code)
            ? ResultLine.Verdict.RETRYABLE
            : OpenAiCodes.verdict(status, code));
  }
}
