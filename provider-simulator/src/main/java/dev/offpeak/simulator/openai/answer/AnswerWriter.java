package dev.offpeak.simulator.openai.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.answer.Answer;
import dev.offpeak.simulator.answer.Form.Call;
import dev.offpeak.simulator.answer.Speech;
import dev.offpeak.simulator.answer.TokenCount;
import dev.offpeak.simulator.chance.Mix;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.openai.request.Endpoint;
import dev.offpeak.simulator.openai.request.RequestFacts;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/** Writes the body of an answer in the shape of its endpoint. One per thread: it reuses buffers. */
public final class AnswerWriter {
  private final Speech speech = new Speech();
  private final EmbeddingWriter embeddings = new EmbeddingWriter();
  private final ResponseWriter responses = new ResponseWriter(speech);

  /**
   * Writes one JSON object.
   *
   * @param now the time of the answer in seconds since the epoch
   */
  public void write(
      JsonGenerator json, Endpoint endpoint, RequestFacts facts, Answer answer, long now)
      throws IOException {
    Json.Writer error = answer.error();
    if (error != null) {
      error.write(json);
      return;
    }
    json.writeStartObject();
    switch (endpoint) {
      case CHAT -> writeChat(json, facts, answer, now);
      case RESPONSES -> responses.write(json, facts, answer, now);
      case COMPLETIONS -> writeCompletion(json, facts, answer, now);
      case EMBEDDINGS -> embeddings.write(json, facts, answer);
      case MODERATIONS -> writeModeration(json, facts, answer);
    }
    json.writeEndObject();
  }

  static String id(String prefix, Answer answer) {
    return id(prefix, answer.seed());
  }

  private static String id(String prefix, long seed) {
    return prefix + HexFormat.of().toHexDigits(seed) + HexFormat.of().toHexDigits(Mix.mix(seed, 7));
  }

  static String model(RequestFacts facts, String otherwise) {
    return Objects.requireNonNullElse(facts.model, otherwise);
  }

  private void say(JsonGenerator json, RequestFacts facts, Answer answer, int choice)
      throws IOException {
    long tokens = (answer.tokens().output() - answer.tokens().reasoning()) / facts.choices;
    speech.write(json, facts.text, facts.form, answer.seed() + choice, tokens);
  }

  static String finishReason(RequestFacts facts, Answer answer) {
    return answer.tokens().output() >= facts.maxTokens ? "length" : "stop";
  }

  private void writeChat(JsonGenerator json, RequestFacts facts, Answer answer, long now)
      throws IOException {
    json.writeStringField("id", id("chatcmpl-", answer));
    json.writeStringField("object", "chat.completion");
    json.writeNumberField("created", now);
    json.writeStringField("model", model(facts, ""));
    json.writeArrayFieldStart("choices");
    for (int i = 0; i < facts.choices; i++) {
      json.writeStartObject();
      json.writeNumberField("index", i);
      json.writeObjectFieldStart("message");
      json.writeStringField("role", "assistant");
      Optional<Call> call = facts.form.call(answer.seed() + i);
      if (call.isPresent()) {
        json.writeNullField("content");
        writeCall(json, call.get(), answer.seed() + i);
      } else {
        json.writeFieldName("content");
        say(json, facts, answer, i);
      }
      json.writeNullField("refusal");
      json.writeArrayFieldStart("annotations");
      json.writeEndArray();
      json.writeEndObject();
      json.writeNullField("logprobs");
      // A function that was named is called because there was no choice, which ends as any answer.
      boolean calls = call.isPresent() && !facts.form.named;
      json.writeStringField("finish_reason", calls ? "tool_calls" : finishReason(facts, answer));
      json.writeEndObject();
    }
    json.writeEndArray();
    writeChatUsage(json, answer.tokens());
    json.writeStringField("service_tier", "default");
    json.writeStringField("system_fingerprint", "fp_simulated");
  }

  private static void writeCall(JsonGenerator json, Call call, long seed) throws IOException {
    json.writeArrayFieldStart("tool_calls");
    json.writeStartObject();
    json.writeStringField("id", id("call_", seed).substring(0, 29));
    json.writeStringField("type", "function");
    json.writeObjectFieldStart("function");
    json.writeStringField("name", call.name());
    json.writeStringField("arguments", call.text());
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void writeChatUsage(JsonGenerator json, TokenCount tokens) throws IOException {
    json.writeObjectFieldStart("usage");
    json.writeNumberField("prompt_tokens", tokens.input());
    json.writeNumberField("completion_tokens", tokens.output());
    json.writeNumberField("total_tokens", tokens.input() + tokens.output());
    json.writeObjectFieldStart("prompt_tokens_details");
    json.writeNumberField("cached_tokens", tokens.cached());
    json.writeNumberField("audio_tokens", 0);
    json.writeEndObject();
    json.writeObjectFieldStart("completion_tokens_details");
    json.writeNumberField("reasoning_tokens", tokens.reasoning());
    json.writeNumberField("audio_tokens", 0);
    json.writeNumberField("accepted_prediction_tokens", 0);
    json.writeNumberField("rejected_prediction_tokens", 0);
    json.writeEndObject();
    json.writeEndObject();
  }

  private void writeCompletion(JsonGenerator json, RequestFacts facts, Answer answer, long now)
      throws IOException {
    json.writeStringField("id", id("cmpl-", answer));
    json.writeStringField("object", "text_completion");
    json.writeNumberField("created", now);
    json.writeStringField("model", model(facts, ""));
    json.writeArrayFieldStart("choices");
    for (int i = 0; i < facts.choices; i++) {
      json.writeStartObject();
      json.writeFieldName("text");
      say(json, facts, answer, i);
      json.writeNumberField("index", i);
      json.writeNullField("logprobs");
      json.writeStringField("finish_reason", finishReason(facts, answer));
      json.writeEndObject();
    }
    json.writeEndArray();
    writeChatUsage(json, answer.tokens());
  }

  private static void writeModeration(JsonGenerator json, RequestFacts facts, Answer answer)
      throws IOException {
    json.writeStringField("id", id("modr-", answer));
    json.writeStringField("model", model(facts, "omni-moderation-latest"));
    json.writeArrayFieldStart("results");
    for (int i = 0; i < facts.items; i++) {
      json.writeStartObject();
      json.writeBooleanField("flagged", false);
      json.writeObjectFieldStart("categories");
      for (String category : CATEGORIES) {
        json.writeBooleanField(category, false);
      }
      json.writeEndObject();
      json.writeObjectFieldStart("category_scores");
      for (String category : CATEGORIES) {
        long hash = Mix.mix(answer.seed() + i, Mix.hash(category));
        json.writeNumberField(category, Math.round(Mix.unit(hash) * 1000) / 1e6);
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static final String[] CATEGORIES = {
    "harassment", "hate", "illicit", "self-harm", "sexual", "violence"
  };
}
