package dev.offpeak.standalone.dataset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.schemas.json.ForeignJson;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a record of a data set: one JSON object, its fields as text. */
final class RecordReader {

  private final JsonFactory json;

  RecordReader(JsonFactory json) {
    this.json = json;
  }

  /**
   * The fields in their order: strings without their quotes, anything else as the JSON it is.
   *
   * @throws UnusableRecord when the line is no JSON object
   */
  Map<String, String> read(byte[] line) throws IOException, UnusableRecord {
    Map<String, String> fields = new LinkedHashMap<>();
    try (JsonParser parser = ForeignJson.parser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new UnusableRecord("it is not a JSON object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        fields.put(name, value(parser));
      }
      return fields;
    } catch (JsonProcessingException e) {
      throw new UnusableRecord("it is not JSON: " + e.getOriginalMessage());
    }
  }

  private String value(JsonParser parser) throws IOException {
    if (parser.nextToken() == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator copy = json.createGenerator(text)) {
      copy.copyCurrentStructure(parser);
    }
    return text.toString();
  }
}
