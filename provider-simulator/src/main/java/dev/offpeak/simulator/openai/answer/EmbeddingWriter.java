package dev.offpeak.simulator.openai.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.chance.Mix;
import dev.offpeak.simulator.openai.request.RequestFacts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Objects;

/** Writes embeddings: vectors of about unit length from the seed. Reuses a buffer. */
final class EmbeddingWriter {
  private static final int DIGITS = 7;
  private static final int SCALE = 10_000_000;

  private char[] buffer = new char[1 << 15];

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
        json.writeString(base64(answer.seed() + i, dimensions));
      } else {
        writeNumbers(json, answer.seed() + i, dimensions);
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

  /** A component in ten-millionths: evenly spread so that the vector is about 1 long. */
  private static int component(long seed, int place, int dimensions) {
    double spread = 2 * Mix.unit(Mix.mix(seed, place)) - 1;
    return (int) (spread * Math.min(0.9999999, Math.sqrt(3.0 / dimensions)) * SCALE);
  }

  private void writeNumbers(JsonGenerator json, long seed, int dimensions) throws IOException {
    int needed = dimensions * (DIGITS + 4) + 2;
    if (buffer.length < needed) {
      buffer = new char[needed];
    }
    int at = 0;
    buffer[at++] = '[';
    for (int i = 0; i < dimensions; i++) {
      if (i > 0) {
        buffer[at++] = ',';
      }
      int value = component(seed, i, dimensions);
      if (value < 0) {
        buffer[at++] = '-';
      }
      buffer[at++] = '0';
      buffer[at++] = '.';
      int rest = Math.abs(value);
      for (int digit = DIGITS - 1; digit >= 0; digit--) {
        buffer[at + digit] = (char) ('0' + rest % 10);
        rest /= 10;
      }
      at += DIGITS;
    }
    buffer[at++] = ']';
    json.writeRawValue(buffer, 0, at);
  }

  private static String base64(long seed, int dimensions) {
    ByteBuffer floats = ByteBuffer.allocate(4 * dimensions).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < dimensions; i++) {
      floats.putFloat(component(seed, i, dimensions) / (float) SCALE);
    }
    return Base64.getEncoder().encodeToString(floats.array());
  }
}
