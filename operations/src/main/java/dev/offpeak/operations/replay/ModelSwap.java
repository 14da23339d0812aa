package dev.offpeak.operations.replay;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.offpeak.schemas.json.ForeignJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Puts another model into a request body and changes no other byte. */
final class ModelSwap {

  private ModelSwap() {}

  /**
   * The value with the body's top-level {@code model} replaced.
   *
   * @param value that holds the body
   * @param start first byte of the body, which is a valid JSON object
   * @param length bytes of the body
   * @throws IllegalArgumentException when the body names no model
   */
  static byte[] in(byte[] value, int start, int length, String model) {
    try (JsonParser json = ForeignJson.parser(value, start, length)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = json.currentName().equals("model");
        JsonToken token = json.nextToken();
        if (found && token == JsonToken.VALUE_STRING) {
          json.finishToken();
          int from = start + (int) json.currentTokenLocation().getByteOffset();
          int to = start + (int) json.currentLocation().getByteOffset();
          return splice(value, from, to, model);
        }
        json.skipChildren();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a request that was admitted is valid JSON", e);
    }
    throw new IllegalArgumentException("the body names no model that could be replaced");
  }

  private static byte[] splice(byte[] value, int from, int to, String model) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(value.length + model.length());
    out.write(value, 0, from);
    out.write('"');
    out.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(model));
    out.write('"');
    out.write(value, to, value.length - to);
    return out.toByteArray();
  }
}
