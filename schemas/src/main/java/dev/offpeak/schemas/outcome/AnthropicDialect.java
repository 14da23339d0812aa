package dev.offpeak.schemas.outcome;

import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;

/** Lines of Anthropic's results stream (docs/providers B1). */
final class AnthropicDialect implements Dialect {

  @Override
  public void answer(LlmResult result, LineWriter out) {
    out.name("custom_id").text(result.getCustomId());
    out.name("result").open();
    out.name("type").text("succeeded");
    out.name("message").json(result.getBody());
    out.close();
  }

  @Override
  public void failure(LlmFailure failure, LineWriter out) {
    out.name("custom_id").text(failure.getCustomId());
    out.name("result").open();
    switch (failure.getOutcome()) {
      case EXPIRED -> {
        out.name("type").text("expired");
        body(failure, out);
      }
      case CANCELED -> {
        out.name("type").text("canceled");
        body(failure, out);
      }
      case ERRORED, REJECTED -> {
        out.name("type").text("errored");
        out.name("error");
        if (failure.getResponseBody() == null) {
          ownError(failure, out);
        } else {
          out.json(failure.getResponseBody());
        }
      }
    }
    out.close();
  }

  private static void body(LlmFailure failure, LineWriter out) {
    if (failure.getResponseBody() != null) {
      out.name("error").json(failure.getResponseBody());
    }
  }

  /** An error of ours in the doubly nested shape of theirs. */
  private static void ownError(LlmFailure failure, LineWriter out) {
    out.open();
    out.name("type").text("error");
    out.name("error").open();
    out.name("type").text(failure.getCode());
    out.name("message").text(failure.getMessage());
    out.close();
    out.close();
  }
}
