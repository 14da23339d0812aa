package dev.offpeak.schemas.outcome;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import java.io.IOException;

/** Lines of OpenAI's output and error files (docs/providers A1). */
final class OpenAiDialect implements Dialect {

  @Override
  public void answer(LlmResult result, JsonGenerator out) throws IOException {
    out.writeStringField("custom_id", result.getCustomId());
    out.writeObjectFieldStart("response");
    out.writeNumberField("status_code", result.getStatusCode());
    out.writeStringField("request_id", result.getProviderRequestId());
    RawJson.write("body", result.getBody(), out);
    out.writeEndObject();
    out.writeNullField("error");
  }

  @Override
  public void failure(LlmFailure failure, JsonGenerator out) throws IOException {
    out.writeStringField("custom_id", failure.getCustomId());
    if (failure.getStatusCode() == null && failure.getResponseBody() == null) {
      out.writeNullField("response");
    } else {
      out.writeObjectFieldStart("response");
      OffpeakMember.number("status_code", failure.getStatusCode(), out);
      RawJson.write("body", failure.getResponseBody(), out);
      out.writeEndObject();
    }
    out.writeObjectFieldStart("error");
    out.writeStringField("code", failure.getCode());
    out.writeStringField("message", failure.getMessage());
    out.writeEndObject();
  }
}
