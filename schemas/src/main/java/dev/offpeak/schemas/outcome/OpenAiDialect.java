package dev.offpeak.schemas.outcome;

import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;

/** Lines of OpenAI's output and error files (docs/providers A1). */
final class OpenAiDialect implements Dialect {

  @Override
  public void answer(LlmResult result, LineWriter out) {
    out.name("custom_id").text(result.getCustomId());
    out.name("response").open();
    out.name("status_code").number(result.getStatusCode());
    out.name("request_id").text(result.getProviderRequestId());
    out.name("body").json(result.getBody());
    out.close();
    out.name("error").text(null);
  }

  @Override
  public void failure(LlmFailure failure, LineWriter out) {
    out.name("custom_id").text(failure.getCustomId());
    out.name("response");
    if (failure.getStatusCode() == null && failure.getResponseBody() == null) {
      out.text(null);
    } else {
      out.open();
      out.name("status_code").number(failure.getStatusCode());
      out.name("body").json(failure.getResponseBody());
      out.close();
    }
    out.name("error").open();
    out.name("code").text(failure.getCode());
    out.name("message").text(failure.getMessage());
    out.close();
  }
}
