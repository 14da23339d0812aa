package dev.offpeak.simulator.gemini.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.answer.Answer;
import dev.offpeak.simulator.answer.Form.Call;
import dev.offpeak.simulator.answer.Speech;
import dev.offpeak.simulator.answer.TokenCount;
import dev.offpeak.simulator.answer.Vectors;
import dev.offpeak.simulator.gemini.request.GeminiFacts;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.store.Ids;
import java.io.IOException;
import java.util.Optional;

/** Writes the responses of the model. One per thread: it reuses buffers. */
public final class ContentWriter {
  private static final int USUAL_DIMENSIONS = 3072;

  private final Speech speech = new Speech();
  private final Vectors vectors = new Vectors();
  private final String model;
  private final String embeddingUsageField;

  /**
   * @param model who answers
   * @param embeddingUsageField the usage field of embeddings, empty for no usage
   */
  public ContentWriter(String model, String embeddingUsageField) {
    this.model = model;
    this.embeddingUsageField = embeddingUsageField;
  }

  /** Writes the response to one request. */
  public void write(JsonGenerator json, Kind kind, GeminiFacts facts, Answer answer)
      throws IOException {
    json.writeStartObject();
    switch (kind) {
      case GENERATE -> writeContent(json, facts, answer);
      case EMBED -> {
        json.writeFieldName("embedding");
        writeEmbedding(json, facts, answer.seed());
        writeEmbeddingUsage(json, answer);
      }
    }
    json.writeEndObject();
  }

  /** Writes the response to a synchronous request for many embeddings. */
  public void writeEmbeddings(JsonGenerator json, GeminiFacts facts, Answer answer)
      throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("embeddings");
    for (int i = 0; i < facts.contents; i++) {
      writeEmbedding(json, facts, answer.seed() + i);
    }
    json.writeEndArray();
    writeEmbeddingUsage(json, answer);
    json.writeEndObject();
  }

  private void writeEmbedding(JsonGenerator json, GeminiFacts facts, long seed) throws IOException {
    json.writeStartObject();
    json.writeFieldName("values");
    vectors.write(json, seed, facts.dimensions > 0 ? facts.dimensions : USUAL_DIMENSIONS);
    json.writeEndObject();
  }

  private void writeEmbeddingUsage(JsonGenerator json, Answer answer) throws IOException {
    if (!embeddingUsageField.isEmpty()) {
      json.writeObjectFieldStart("usageMetadata");
      json.writeNumberField(embeddingUsageField, answer.tokens().input());
      json.writeEndObject();
    }
  }

  private void writeContent(JsonGenerator json, GeminiFacts facts, Answer answer)
      throws IOException {
    TokenCount tokens = answer.tokens();
    boolean cut = tokens.output() >= facts.maxTokens;
    json.writeArrayFieldStart("candidates");
    for (int i = 0; i < facts.candidates; i++) {
      json.writeStartObject();
      json.writeObjectFieldStart("content");
      json.writeArrayFieldStart("parts");
      json.writeStartObject();
      Optional<Call> call = facts.form.call(answer.seed() + i);
      if (call.isPresent()) {
        writeCall(json, call.get());
      } else {
        json.writeFieldName("text");
        speech.write(
            json,
            facts.text,
            facts.form,
            answer.seed() + i,
            (tokens.output() - tokens.reasoning()) / facts.candidates);
      }
      json.writeEndObject();
      json.writeEndArray();
      json.writeStringField("role", "model");
      json.writeEndObject();
      json.writeStringField("finishReason", cut ? "MAX_TOKENS" : "STOP");
      json.writeNumberField("index", i);
      json.writeEndObject();
    }
    json.writeEndArray();
    writeUsage(json, tokens);
    json.writeStringField("modelVersion", model);
    json.writeStringField("responseId", Ids.derived("", Long.toHexString(answer.seed())));
  }

  private static void writeCall(JsonGenerator json, Call call) throws IOException {
    json.writeObjectFieldStart("functionCall");
    json.writeStringField("name", call.name());
    json.writeFieldName("args");
    Json.MAPPER.writeTree(json, call.arguments());
    json.writeEndObject();
  }

  private static void writeUsage(JsonGenerator json, TokenCount tokens) throws IOException {
    json.writeObjectFieldStart("usageMetadata");
    json.writeNumberField("promptTokenCount", tokens.input());
    json.writeNumberField("candidatesTokenCount", tokens.output() - tokens.reasoning());
    json.writeNumberField("totalTokenCount", tokens.input() + tokens.output());
    if (tokens.cached() > 0) {
      json.writeNumberField("cachedContentTokenCount", tokens.cached());
    }
    json.writeArrayFieldStart("promptTokensDetails");
    json.writeStartObject();
    json.writeStringField("modality", "TEXT");
    json.writeNumberField("tokenCount", tokens.input());
    json.writeEndObject();
    json.writeEndArray();
    if (tokens.reasoning() > 0) {
      json.writeNumberField("thoughtsTokenCount", tokens.reasoning());
    }
    json.writeEndObject();
  }
}
