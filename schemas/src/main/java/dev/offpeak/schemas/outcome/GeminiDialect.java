package dev.offpeak.schemas.outcome;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.schemas.avro.FailedAs;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import java.io.IOException;

/** Lines of Gemini's responses file (docs/providers C1). */
final class GeminiDialect implements Dialect {

  private static final int BAD_REQUEST = 400;

  @Override
  public void answer(LlmResult result, JsonGenerator out) throws IOException {
    out.writeStringField("key", result.getCustomId());
    RawJson.write("response", result.getBody(), out);
  }

  @Override
  public void failure(LlmFailure failure, JsonGenerator out) throws IOException {
    out.writeStringField("key", failure.getCustomId());
    if (failure.getResponseBody() != null) {
      RawJson.write("error", failure.getResponseBody(), out);
      return;
    }
    out.writeObjectFieldStart("error");
    boolean ours = failure.getStatusCode() == null && failure.getOutcome() == FailedAs.REJECTED;
    OffpeakMember.number(
        "code", ours ? Integer.valueOf(BAD_REQUEST) : failure.getStatusCode(), out);
    out.writeStringField("message", failure.getMessage());
    out.writeStringField("status", failure.getCode());
    out.writeEndObject();
  }
}
