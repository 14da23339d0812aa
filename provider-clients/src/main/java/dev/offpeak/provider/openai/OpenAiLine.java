package dev.offpeak.provider.openai;

import static dev.offpeak.core.outcome.FailureCode.EMPTY_RESPONSE;
import static dev.offpeak.core.outcome.FailureCode.UNCLEAR_RESULT;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.ResultLine.Errored;
import dev.offpeak.provider.ResultLine.Verdict;
import dev.offpeak.provider.foreign.BodyWords;
import dev.offpeak.provider.foreign.ForeignNumbers;
import dev.offpeak.provider.line.LineBytes;
import dev.offpeak.provider.line.LineContent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A line of an output or error file (docs/providers A1, E). Files are not what the reference says:
 * failures stand as {@code error} or inside a response of an {@code error: null} line, with 2xx,
 * 4xx, 5xx, a status of 0 or none. What does not say that it was not executed, and does not say
 * that it failed, may have been paid for.
 */
final class OpenAiLine implements LineContent {

  private final LineBytes bytes;

  private @Nullable String customId;
  private boolean hasResponse;
  private int status;
  private @Nullable String requestId;
  private byte @Nullable [] body;
  private boolean bodyIsObject;
  private OpenAiBody read = new OpenAiBody();
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
        case "status_code" -> status = ForeignNumbers.code(in);
        case "request_id" -> requestId = LineBytes.text(in);
        case "body" -> readBody(in, part);
        default -> in.skipChildren();
      }
    }
  }

  private void readBody(JsonParser in, JsonToken value) throws IOException {
    int from = bytes.at(in);
    read = new OpenAiBody();
    bodyIsObject = value == JsonToken.START_OBJECT;
    if (bodyIsObject) {
      read.read(in);
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
    if (body == null && status / 100 != 2) {
      String code = lineError.codeOr("");
      if (code.equals("batch_expired")) {
        return new ResultLine.Expired(id, lineError.message());
      }
      if (code.equals("batch_cancelled") || code.equals("batch_canceled")) {
        return new ResultLine.Canceled(id, lineError.message());
      }
    }
    if (!hasResponse) {
      return withoutResponse(id);
    }
    return switch (status / 100) {
      case 2 -> good(id);
      case 3, 4, 5 -> errored(id);
      default -> unclear(id, "the line has " + statusWords() + " of its execution");
    };
  }

  private String statusWords() {
    return status == 0 ? "no HTTP status" : "the HTTP status " + status;
  }

  private ResultLine withoutResponse(String id) {
    byte[] said = lineErrorBytes;
    if (said == null) {
      return unclear(id, "the line has neither response nor error");
    }
    String code = lineError.codeOr("");
    return code.isEmpty()
        ? unclear(id, "the line has no response, and its error has no code")
        : new Errored(
            id,
            0,
            requestId,
            code,
            BodyWords.or(lineError.message(), said),
            said,
            OpenAiCodes.verdict(0, code));
  }

  /** A good status alone is no answer. */
  private ResultLine good(String id) {
    byte[] answer = body;
    if (answer == null || !bodyIsObject) {
      return unclear(id, "the status is " + status + ", and the body is no object");
    }
    if (lineError.saysSomething()) {
      return failed(
          id, lineError, "the line has a response with status " + status + " and an error");
    }
    if (read.isError()) {
      return failed(id, read.error(), "the status is " + status + ", and the body is an error");
    }
    if (read.hasFailed()) {
      return failed(id, read.error(), "the response says of itself that it failed");
    }
    String empty = read.emptiness();
    if (empty != null) {
      return billed(
          ResultLine.unclear(id, status, EMPTY_RESPONSE, "there is no answer: " + empty, answer));
    }
    return read.isBlank()
        ? unclear(id, "the status is " + status + ", and there is nothing in the body")
        : new ResultLine.Succeeded(id, status, requestId, read.model(), answer, read.usage());
  }

  /** It came as a success, so that it may be billed, whatever the error is called. */
  private Errored failed(String id, ErrorText error, String otherwise) {
    byte[] said = body == null ? new byte[0] : body;
    return billed(
        new Errored(
            id,
            status,
            requestId,
            error.codeOr(UNCLEAR_RESULT.id()),
            error.message().isBlank() ? otherwise : error.message(),
            said,
            Verdict.UNCLEAR));
  }

  private Errored errored(String id) {
    ErrorText error = lineErrorBytes == null ? read.error() : lineError;
    String code = error.codeOr("http_" + status);
    byte[] whole = body == null ? lineErrorBytes : body;
    byte[] said = whole == null ? new byte[0] : whole;
    return billed(
        new Errored(
            id,
            status,
            requestId,
            code,
            BodyWords.or(error.message(), said),
            said,
            OpenAiCodes.verdict(status, code)));
  }

  private Errored unclear(String id, String problem) {
    ErrorText error = lineError.saysSomething() ? lineError : read.error();
    byte[] whole = body == null ? lineErrorBytes : body;
    byte[] said = whole == null ? new byte[0] : whole;
    String words = error.saysSomething() ? error.codeOr("") + " " + error.message() : "";
    String quoted = BodyWords.or(words.strip(), said);
    return billed(
        ResultLine.unclear(
            id,
            status,
            UNCLEAR_RESULT,
            problem
                + "; it may have been executed and billed"
                + (quoted.isEmpty() ? "" : " (it says: " + quoted + ")"),
            said));
  }

  private Errored billed(Errored error) {
    return error.withUsage(read.model(), read.usage());
  }
}
