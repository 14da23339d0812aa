package dev.offpeak.simulator.openai.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.answer.Answer;
import dev.offpeak.simulator.answer.Speech;
import dev.offpeak.simulator.answer.TokenCount;
import dev.offpeak.simulator.chance.Mix;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.openai.request.Endpoint;
import dev.offpeak.simulator.openai.request.RequestFacts;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Objects;

/** Writes the body of an answer in the shape of its endpoint. One per thread: it reuses buffers. */
public final class AnswerWriter {
  private final Speech speech = new Speech();
  private final EmbeddingWriter embeddings = new EmbeddingWriter();

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
      case RESPONSES -> writeResponse(json, facts, answer, now);
      case COMPLETIONS -> writeCompletion(json, facts, answer, now);
      case EMBEDDINGS -> embeddings.write(json, facts, answer);
      case MODERATIONS -> writeModeration(json, facts, answer);
    }
    json.writeEndObject();
  }

  private static String id(String prefix, Answer answer) {
    return prefix
        + HexFormat.of().toHexDigits(answer.seed())
        + HexFormat.of().toHexDigits(Mix.mix(answer.seed(), 7));
  }

  private static String model(RequestFacts facts, String otherwise) {
    return Objects.requireNonNullElse(facts.model, otherwise);
  }

  private void say(JsonGenerator json, RequestFacts facts, Answer answer, int choice)
      throws IOException {
    long tokens = (answer.tokens().output() - answer.tokens().reasoning()) / facts.choices;
    speech.write(json, facts.text.topic(), facts.text.wantsJson(), answer.seed() + choice, tokens);
  }

  private static String finishReason(RequestFacts facts, Answer answer) {
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
      json.writeFieldName("content");
      say(json, facts, answer, i);
      json.writeNullField("refusal");
      json.writeArrayFieldStart("annotations");
      json.writeEndArray();
      json.writeEndObject();
      json.writeNullField("logprobs");
      json.writeStringField("finish_reason", finishReason(facts, answer));
      json.writeEndObject();
    }
    json.writeEndArray();
    writeChatUsage(json, answer.tokens());
    json.writeStringField("service_tier", "default");
    json.writeStringField("system_fingerprint", "fp_simulated");
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

  private void writeResponse(JsonGenerator json, RequestFacts facts, Answer answer, long now)
      throws IOException {
    TokenCount tokens = answer.tokens();
    json.writeStringField("id", id("resp_", answer));
    json.writeStringField("object", "response");
    json.writeNumberField("created_at", now);
    json.writeStringField("status", "completed");
    json.writeNullField("error");
    json.writeNullField("incomplete_details");
    json.writeStringField("model", model(facts, ""));
    json.writeArrayFieldStart("output");
    if (tokens.reasoning() > 0) {
      json.writeStartObject();
      json.writeStringField("id", id("rs_", answer));
      json.writeStringField("type", "reasoning");
      json.writeArrayFieldStart("summary");
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeStartObject();
    json.writeStringField("id", id("msg_", answer));
    json.writeStringField("type", "message");
    json.writeStringField("status", "completed");
    json.writeStringField("role", "assistant");
    json.writeArrayFieldStart("content");
    json.writeStartObject();
    json.writeStringField("type", "output_text");
    json.writeFieldName("text");
    say(json, facts, answer, 0);
    json.writeArrayFieldStart("annotations");
    json.writeEndArray();
    json.writeArrayFieldStart("logprobs");
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeBooleanField("parallel_tool_calls", true);
    json.writeStringField("tool_choice", "auto");
    json.writeArrayFieldStart("tools");
    json.writeEndArray();
    json.writeObjectFieldStart("usage");
    json.writeNumberField("input_tokens", tokens.input());
    json.writeObjectFieldStart("input_tokens_details");
    json.writeNumberField("cached_tokens", tokens.cached());
    json.writeNumberField("cache_write_tokens", tokens.cacheWrites());
    json.writeEndObject();
    json.writeNumberField("output_tokens", tokens.output());
    json.writeObjectFieldStart("output_tokens_details");
    json.writeNumberField("reasoning_tokens", tokens.reasoning());
    json.writeEndObject();
    json.writeNumberField("total_tokens", tokens.input() + tokens.output());
    json.writeEndObject();
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
