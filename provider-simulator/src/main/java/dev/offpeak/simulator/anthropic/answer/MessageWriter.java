package dev.offpeak.simulator.anthropic.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.answer.Answer;
import dev.offpeak.simulator.answer.Form.Call;
import dev.offpeak.simulator.answer.Speech;
import dev.offpeak.simulator.answer.TokenCount;
import dev.offpeak.simulator.anthropic.request.MessageFacts;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.store.Ids;
import java.io.IOException;
import java.util.Optional;

/** Writes the message that answers a request. One per thread: it reuses buffers. */
public final class MessageWriter {
  private static final String THOUGHT = "The question is clear, so the answer can be short.";

  private final Speech speech = new Speech();
  private final String serviceTier;

  /** Messages that were answered at a service tier: {@code batch} or {@code standard}. */
  public MessageWriter(String serviceTier) {
    this.serviceTier = serviceTier;
  }

  /** Writes one JSON object. */
  public void write(JsonGenerator json, MessageFacts facts, Answer answer) throws IOException {
    TokenCount tokens = answer.tokens();
    json.writeStartObject();
    json.writeStringField("id", Ids.derived("msg_", Long.toHexString(answer.seed())));
    json.writeStringField("type", "message");
    json.writeStringField("role", "assistant");
    json.writeStringField("model", facts.modelOrEmpty());
    json.writeArrayFieldStart("content");
    if (tokens.reasoning() > 0) {
      json.writeStartObject();
      json.writeStringField("type", "thinking");
      json.writeStringField("thinking", THOUGHT);
      json.writeStringField("signature", Long.toHexString(answer.seed()));
      json.writeEndObject();
    }
    Optional<Call> call = facts.form.call(answer.seed());
    if (call.isPresent()) {
      writeCall(json, call.get(), answer);
    } else {
      writeText(json, facts, answer);
    }
    json.writeEndArray();
    boolean cut = tokens.output() >= facts.maxTokens;
    String end = call.isPresent() ? "tool_use" : "end_turn";
    json.writeStringField("stop_reason", cut ? "max_tokens" : end);
    json.writeNullField("stop_sequence");
    writeUsage(json, tokens, facts.text.hourlyCache());
    json.writeEndObject();
  }

  private void writeText(JsonGenerator json, MessageFacts facts, Answer answer) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "text");
    json.writeFieldName("text");
    speech.write(
        json,
        facts.text,
        facts.form,
        answer.seed(),
        answer.tokens().output() - answer.tokens().reasoning());
    json.writeEndObject();
  }

  private static void writeCall(JsonGenerator json, Call call, Answer answer) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "tool_use");
    json.writeStringField("id", Ids.derived("toolu_", Long.toHexString(answer.seed())));
    json.writeStringField("name", call.name());
    json.writeFieldName("input");
    Json.MAPPER.writeTree(json, call.arguments());
    json.writeEndObject();
  }

  private void writeUsage(JsonGenerator json, TokenCount tokens, boolean hourly)
      throws IOException {
    json.writeObjectFieldStart("usage");
    json.writeNumberField("input_tokens", tokens.input() - tokens.cached() - tokens.cacheWrites());
    json.writeNumberField("cache_creation_input_tokens", tokens.cacheWrites());
    json.writeNumberField("cache_read_input_tokens", tokens.cached());
    json.writeObjectFieldStart("cache_creation");
    json.writeNumberField("ephemeral_5m_input_tokens", hourly ? 0 : tokens.cacheWrites());
    json.writeNumberField("ephemeral_1h_input_tokens", hourly ? tokens.cacheWrites() : 0);
    json.writeEndObject();
    json.writeNumberField("output_tokens", tokens.output());
    json.writeStringField("service_tier", serviceTier);
    json.writeEndObject();
  }
}
