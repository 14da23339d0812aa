package dev.offpeak.provider.gemini;

import static dev.offpeak.core.outcome.FailureCode.EMPTY_RESPONSE;
import static dev.offpeak.core.outcome.FailureCode.PROMPT_BLOCKED;
import static dev.offpeak.core.outcome.FailureCode.UNCLEAR_RESULT;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.ResultLine.Errored;
import dev.offpeak.provider.foreign.BodyWords;
import dev.offpeak.provider.foreign.ForeignNumbers;
import dev.offpeak.provider.line.LineBytes;
import dev.offpeak.provider.line.LineContent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A line of a results file, or one inlined response, whose key stands in its metadata. The key may
 * come last (docs/providers C1).
 */
final class GeminiLine implements LineContent {

  private static final int OK = 200;
  private static final int FIRST_HTTP_ERROR = 400;

  private final LineBytes bytes;

  private @Nullable String key;
  private byte @Nullable [] response;
  private GeminiResponse read = new GeminiResponse();
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
            read = new GeminiResponse();
            read.read(in);
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

  private void readError(JsonParser in) throws IOException {
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "code" -> errorCode = ForeignNumbers.code(in);
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
    boolean saysError = errorCode != 0 || !errorStatus.isEmpty() || !errorMessage.isBlank();
    if (error != null && (saysError || response == null)) {
      return failed(id, error);
    }
    return response == null
        ? unclear(id, UNCLEAR_RESULT, "the line has neither response nor error")
        : responded(id, response);
  }

  private ResultLine responded(String id, byte[] answer) {
    if (read.hasAnswer()) {
      return new ResultLine.Succeeded(
          id, OK, read.responseId(), read.model(), answer, read.usage());
    }
    String blocked = read.blockReason();
    if (blocked != null) {
      return unclear(
          id, PROMPT_BLOCKED, "Gemini blocked the prompt (" + blocked + ") and gave no candidate");
    }
    return read.hasList()
        ? unclear(id, EMPTY_RESPONSE, "there is no answer: the list of candidates is empty")
        : unclear(id, UNCLEAR_RESULT, "the response has neither candidates nor an embedding");
  }

  private Errored unclear(String id, FailureCode code, String problem) {
    return ResultLine.unclear(
            id, 0, code, problem + "; it may be billed", response == null ? error : response)
        .withUsage(read.model(), read.usage());
  }

  /** Single requests of a job that succeeded can be cancelled by Gemini itself (code 1). */
  private ResultLine failed(String id, byte[] said) {
    RpcCode code = RpcCode.of(errorStatus, errorCode);
    String words = BodyWords.or(errorMessage, said);
    if (read.hasAnswer() || code == RpcCode.UNKNOWN || code == RpcCode.OK) {
      return unclear(id, UNCLEAR_RESULT, "the error is " + code + ": " + words);
    }
    return code == RpcCode.CANCELLED
        ? new ResultLine.Canceled(id, errorMessage)
        : new Errored(
                id,
                errorCode >= FIRST_HTTP_ERROR ? errorCode : 0,
                read.responseId(),
                code.name(),
                words,
                said,
                code.verdict())
            .withUsage(read.model(), read.usage());
  }
}
