package dev.offpeak.schemas.outcome;

import dev.offpeak.schemas.avro.FailedAs;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;

/** Lines of Gemini's responses file (docs/providers C1). */
final class GeminiDialect implements Dialect {

  private static final int BAD_REQUEST = 400;

  @Override
  public void answer(LlmResult result, LineWriter out) {
    out.name("key").text(result.getCustomId());
    out.name("response").json(result.getBody());
  }

  @Override
  public void failure(LlmFailure failure, LineWriter out) {
    out.name("key").text(failure.getCustomId());
    out.name("error");
    if (failure.getResponseBody() != null) {
      out.json(failure.getResponseBody());
      return;
    }
    out.open();
    boolean ours = failure.getStatusCode() == null && failure.getOutcome() == FailedAs.REJECTED;
    out.name("code").number(ours ? Integer.valueOf(BAD_REQUEST) : failure.getStatusCode());
    out.name("message").text(failure.getMessage());
    out.name("status").text(failure.getCode());
    out.close();
  }
}
