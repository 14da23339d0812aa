package dev.offpeak.simulator.openai.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.answer.Answer;
import dev.offpeak.simulator.answer.Vectors;
import dev.offpeak.simulator.openai.request.RequestFacts;
import java.io.IOException;
import java.util.Objects;

/** Writes embeddings. Reuses a buffer. */
final class EmbeddingWriter {
  private final Vectors vectors = new Vectors();

  void write(JsonGenerator json, RequestFacts facts, Answer answer) throws IOException {
    String model = Objects.requireNonNullElse(facts.model, "");
    int dimensions = facts.dimensions > 0 ? facts.dimensions : usualDimensions(model);
    json.writeStringField("object", "list");
    json.writeArrayFieldStart("data");
    for (int i = 0; i < facts.items; i++) {
      json.writeStartObject();
      json.writeStringField("object", "embedding");
      json.writeNumberField("index", i);
      json.writeFieldName("embedding");
      if (facts.base64) {
        json.writeString(Vectors.base64(answer.seed() + i, dimensions));
      } else {
        vectors.write(json, answer.seed() + i, dimensions);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("model", model);
    json.writeObjectFieldStart("usage");
    json.writeNumberField("prompt_tokens", answer.tokens().input());
    json.writeNumberField("total_tokens", answer.tokens().input());
    json.writeEndObject();
  }

  private static int usualDimensions(String model) {
    return model.endsWith("-large") ? 3072 : 1536;
  }
}
