package dev.offpeak.ingest.proxy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.schemas.json.ForeignJson;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a body says at its top level that decides where it goes.
 *
 * @param model null when it names none
 * @param stream whether the answer shall come in pieces
 * @param tierIsBatch whether it asks for the tier of batches
 * @param background whether nobody waits for the answer of this call
 * @param hasTools whether it names tools, whose calls somebody waits for
 */
record BodyFacts(
    @Nullable String model,
    boolean stream,
    boolean tierIsBatch,
    boolean background,
    boolean hasTools) {

  /**
   * Reads them; the rest is passed over.
   *
   * @throws IOException when it is no JSON object
   */
  static BodyFacts of(byte[] body) throws IOException {
    String model = null;
    boolean stream = false;
    boolean tierIsBatch = false;
    boolean background = false;
    boolean hasTools = false;
    try (JsonParser json = ForeignJson.parser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("it is no JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        JsonToken value = json.nextToken();
        if (field.equals("model") && value == JsonToken.VALUE_STRING) {
          model = json.getText();
        } else if (field.equals("stream")) {
          stream = value == JsonToken.VALUE_TRUE;
        } else if (field.equals("background")) {
          background = value == JsonToken.VALUE_TRUE;
        } else if (field.equals("service_tier") && value == JsonToken.VALUE_STRING) {
          tierIsBatch = json.getText().equals("batch");
        } else if (field.equals("tools")) {
          hasTools = value == JsonToken.START_ARRAY;
        }
        json.skipChildren();
      }
      return new BodyFacts(model, stream, tierIsBatch, background, hasTools);
    }
  }
}
