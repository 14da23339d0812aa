package dev.offpeak.schemas.outcome;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import java.io.IOException;

/** Lines of Anthropic's results stream (docs/providers B1). */
final class AnthropicDialect implements Dialect {

  @Override
  public void answer(LlmResult result, JsonGenerator out) throws IOException {
    out.writeStringField("custom_id", result.getCustomId());
    out.writeObjectFieldStart("result");
    out.writeStringField("type", "succeeded");
    RawJson.write("message", result.getBody(), out);
    out.writeEndObject();
  }

  @Override
  public void failure(LlmFailure failure, JsonGenerator out) throws IOException {
    out.writeStringField("custom_id", failure.getCustomId());
    out.writeObjectFieldStart("result");
    switch (failure.getOutcome()) {
      case EXPIRED -> {
        out.writeStringField("type", "expired");
        body(failure, out);
      }
      case CANCELED -> {
        out.writeStringField("type", "canceled");
        body(failure, out);
      }
      case ERRORED, REJECTED -> {
        out.writeStringField("type", "errored");
        if (failure.getResponseBody() == null) {
          out.writeFieldName("error");
          ownError(failure, out);
        } else {
          body(failure, out);
        }
      }
    }
    out.writeEndObject();
  }

  private static void body(LlmFailure failure, JsonGenerator out) throws IOException {
    if (failure.getResponseBody() != null) {
      RawJson.write("error", failure.getResponseBody(), out);
    }
  }

  /** An error of ours in the doubly nested shape of theirs. */
  private static void ownError(LlmFailure failure, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("type", "error");
    out.writeObjectFieldStart("error");
    out.writeStringField("type", failure.getCode());
    out.writeStringField("message", failure.getMessage());
    out.writeEndObject();
    out.writeEndObject();
  }
}
