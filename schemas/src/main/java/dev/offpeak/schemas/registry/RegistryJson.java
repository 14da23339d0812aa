package dev.offpeak.schemas.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bodies of the registry's REST API. */
final class RegistryJson {

  private static final JsonFactory JSON = new JsonFactory();

  private RegistryJson() {}

  /**
   * What an answer may hold; what it did not is -1, empty or null.
   *
   * @param id of the schema
   * @param schema its text
   * @param schemaType null means Avro
   * @param references schemas that its text refers to
   * @param errorCode the registry's own, five digits as a rule
   * @param message for people
   */
  record Fields(
      int id,
      @Nullable String schema,
      @Nullable String schemaType,
      List<Reference> references,
      int errorCode,
      String message) {}

  /** A schema that another refers to. */
  record Reference(String subject, int version) {}

  /** The body for registering or looking up a schema. */
  static String schema(String schema) {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("schema", schema);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return text.toString();
  }

  /** The registry's error code, or -1 when the body is none of a registry. */
  static int errorCode(String body) {
    try {
      return read(body).errorCode();
    } catch (IOException _) {
      return -1;
    }
  }

  /**
   * Reads an answer.
   *
   * @throws IOException when it is not JSON
   */
  static Fields read(String body) throws IOException {
    int id = -1;
    int errorCode = -1;
    String schema = null;
    String schemaType = null;
    String message = "";
    List<Reference> references = List.of();
    try (JsonParser json = JSON.createParser(body)) {
      expectObject(json.nextToken());
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        switch (name) {
          case "id" -> id = json.getValueAsInt(-1);
          case "error_code" -> errorCode = json.getValueAsInt(-1);
          case "schema" -> schema = json.getValueAsString();
          case "schemaType" -> schemaType = json.getValueAsString();
          case "message" -> message = json.getValueAsString("");
          case "references" -> references = references(json, value);
          default -> json.skipChildren();
        }
      }
    }
    return new Fields(id, schema, schemaType, references, errorCode, message);
  }

  private static List<Reference> references(JsonParser json, JsonToken start) throws IOException {
    var references = new ArrayList<Reference>();
    if (start == JsonToken.START_ARRAY) {
      while (json.nextToken() == JsonToken.START_OBJECT) {
        references.add(reference(json));
      }
    }
    return references;
  }

  private static Reference reference(JsonParser json) throws IOException {
    String subject = "";
    int version = -1;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "subject" -> subject = json.getValueAsString("");
        case "version" -> version = json.getValueAsInt(-1);
        default -> json.skipChildren();
      }
    }
    return new Reference(subject, version);
  }

  private static void expectObject(@Nullable JsonToken token) throws IOException {
    if (token != JsonToken.START_OBJECT) {
      throw new IOException("not a JSON object");
    }
  }
}
