package dev.offpeak.simulator.gemini;

import dev.offpeak.simulator.answer.Answer;
import dev.offpeak.simulator.gemini.answer.ContentEvents;
import dev.offpeak.simulator.gemini.answer.ContentWriter;
import dev.offpeak.simulator.gemini.answer.GeminiAsked;
import dev.offpeak.simulator.gemini.answer.Kind;
import dev.offpeak.simulator.gemini.request.GeminiFacts;
import dev.offpeak.simulator.gemini.request.GeminiScanner;
import dev.offpeak.simulator.gemini.rules.GeminiRules;
import dev.offpeak.simulator.gemini.wire.GeminiErrors;
import dev.offpeak.simulator.gemini.wire.RpcCode;
import dev.offpeak.simulator.http.Exchange;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.run.LiveCalls;
import dev.offpeak.simulator.stream.Course;
import java.io.IOException;

/** The synchronous methods of a model: answered at once, at the full price. */
final class LiveApi {
  private static final int MAX_BODY_BYTES = 20_000_000;

  private final LiveCalls calls;
  private final GeminiRules rules;

  LiveApi(LiveCalls calls, GeminiRules rules) {
    this.calls = calls;
    this.rules = rules;
  }

  /** What a synchronous method is called. */
  enum Method {
    GENERATE_CONTENT("generateContent", Kind.GENERATE),
    STREAM_GENERATE_CONTENT("streamGenerateContent", Kind.GENERATE),
    EMBED_CONTENT("embedContent", Kind.EMBED),
    BATCH_EMBED_CONTENTS("batchEmbedContents", Kind.EMBED),
    COUNT_TOKENS("countTokens", Kind.GENERATE);

    private final String path;
    private final Kind kind;

    Method(String path, Kind kind) {
      this.path = path;
      this.kind = kind;
    }

    String path() {
      return path;
    }
  }

  Reply answer(Exchange exchange, Method method, String model) throws IOException {
    if (!rules.limits().knows(model)) {
      throw GeminiErrors.refuse(
          RpcCode.NOT_FOUND,
          "models/%s is not found for API version v1beta, or is not supported for %s."
              .formatted(model, method.path));
    }
    byte[] body = exchange.body(MAX_BODY_BYTES, GeminiErrors.reply(413, null, null));
    GeminiFacts facts = scan(body);
    if (method == Method.COUNT_TOKENS) {
      return count(facts);
    }
    GeminiAsked asked = new GeminiAsked(facts, method.kind, model, rules.limits(), true);
    Answer answer = calls.answer(exchange.owner(), exchange.clientId(), body, model, asked);
    Json.Writer error = answer.error();
    ContentWriter writer = new ContentWriter(model, rules.quirks().embeddingUsageField());
    Json.Writer response =
        method == Method.BATCH_EMBED_CONTENTS
            ? json -> writer.writeEmbeddings(json, facts, answer)
            : json -> writer.write(json, method.kind, facts, answer);
    byte[] written = Json.bytes(error == null ? response : error);
    if (method == Method.STREAM_GENERATE_CONTENT && error == null) {
      boolean events = exchange.query("alt").filter("sse"::equals).isPresent();
      return ContentEvents.of(written, events, Course.of(body));
    }
    return Reply.json(answer.status(), written);
  }

  /** Counting costs nothing and is not in the ledger. */
  private static Reply count(GeminiFacts facts) {
    if (facts.contents < 1) {
      throw GeminiErrors.refuse(
          RpcCode.INVALID_ARGUMENT, "* CountTokensRequest.contents: contents is not specified");
    }
    return Reply.json(
        200,
        Json.bytes(
            json -> {
              json.writeStartObject();
              json.writeNumberField("totalTokens", facts.promptTokens());
              json.writeArrayFieldStart("promptTokensDetails");
              json.writeStartObject();
              json.writeStringField("modality", "TEXT");
              json.writeNumberField("tokenCount", facts.promptTokens());
              json.writeEndObject();
              json.writeEndArray();
              json.writeEndObject();
            }));
  }

  private static GeminiFacts scan(byte[] body) {
    try {
      return GeminiScanner.body(body);
    } catch (IOException e) {
      throw GeminiErrors.refuse(
          RpcCode.INVALID_ARGUMENT, "Invalid JSON payload received. " + e.getMessage());
    }
  }
}
