package dev.offpeak.schemas.request;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.core.outcome.FailureCode;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The few facts that Offpeak needs from a request body, and where the body stands. */
final class JsonBody {

  private final JsonToken kind;
  private int start;
  private int length;
  private @Nullable JsonToken modelKind;
  private @Nullable String model;
  private boolean stream;
  private boolean content;
  private boolean contents;
  private int inputs = 1;
  private @Nullable String sampling;

  private JsonBody(JsonToken kind) {
    this.kind = kind;
  }

  /**
   * Reads the value at which the parser stands, to its end.
   *
   * @param base what the parser counts as byte 0
   */
  static JsonBody read(JsonParser parser, int base) throws IOException, RequestRefusal {
    JsonBody body = new JsonBody(parser.currentToken());
    if (body.kind != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return body;
    }
    body.start = base + (int) parser.currentTokenLocation().getByteOffset();
    String name;
    while ((name = parser.nextFieldName()) != null) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "model" -> body.readModel(parser, value);
        case "stream" -> body.stream |= value == JsonToken.VALUE_TRUE;
        case "input" -> body.readInput(parser, value);
        case "content" -> body.content = true;
        case "contents" -> body.contents = true;
        case "temperature", "top_p", "top_k" ->
            body.sampling = Objects.requireNonNullElse(body.sampling, name);
        default -> {}
      }
      parser.skipChildren();
    }
    body.length = base + (int) parser.currentLocation().getByteOffset() - body.start;
    return body;
  }

  private void readModel(JsonParser parser, JsonToken value) throws IOException, RequestRefusal {
    if (modelKind != null) {
      throw RequestRefusal.malformed("\"model\" stands twice in the body; keep one");
    }
    modelKind = value;
    if (value == JsonToken.VALUE_STRING) {
      model = parser.getText();
    }
  }

  /** An array of strings or of token arrays is many inputs; a string or an array of tokens one. */
  private void readInput(JsonParser parser, JsonToken value) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      return;
    }
    int elements = 0;
    boolean tokens = false;
    JsonToken element;
    while ((element = parser.nextToken()) != JsonToken.END_ARRAY) {
      elements++;
      tokens |= element.isNumeric();
      parser.skipChildren();
    }
    inputs = tokens ? 1 : Math.max(1, elements);
  }

  /** The refusal of a body that is not an object. */
  void mustBeObject(String name) throws RequestRefusal {
    if (kind != JsonToken.START_OBJECT) {
      throw RequestRefusal.malformed(
          "\"" + name + "\" is " + JsonText.kind(kind) + "; it must be a JSON object");
    }
  }

  /** The refusal of a body that asks for a stream, which no batch API gives. */
  void mustNotStream() throws RequestRefusal {
    if (stream) {
      throw new RequestRefusal(
          FailureCode.UNSUPPORTED_PARAMETER,
          "\"stream\" is true; batches have no streamed answers: remove it or set it to false");
    }
  }

  /**
   * The model that the body names, or null when it names none.
   *
   * @throws RequestRefusal when it is not a string
   */
  @Nullable String model() throws RequestRefusal {
    if (modelKind != null
        && modelKind != JsonToken.VALUE_STRING
        && modelKind != JsonToken.VALUE_NULL) {
      throw new RequestRefusal(
          FailureCode.INVALID_FIELD,
          "\"model\" is " + JsonText.kind(modelKind) + "; it must be a string");
    }
    return model;
  }

  int start() {
    return start;
  }

  int length() {
    return length;
  }

  int inputs() {
    return inputs;
  }

  /** The first parameter of those that say how tokens are drawn, or null when there is none. */
  @Nullable String sampling() {
    return sampling;
  }

  /** Whether it has the form of a Gemini embedding request rather than of a generation. */
  boolean embedsContent() {
    return content && !contents;
  }
}
