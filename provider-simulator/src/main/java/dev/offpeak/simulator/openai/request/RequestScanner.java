package dev.offpeak.simulator.openai.request;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.simulator.http.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a request line, or the body of a synchronous call, in one pass and without a tree. */
public final class RequestScanner {
  private static final int TOPIC_CHARS = 60;
  private static final int LONG_TEXT = 1000;
  private static final int IMAGE_CHARS = 4 * 765;

  private RequestScanner() {}

  /** A line that is JSON but no object. */
  static final class NoObject extends IOException {
    NoObject() {
      super("not a JSON object");
    }
  }

  /**
   * Reads a line of a batch file.
   *
   * @throws IOException when it is not one JSON object
   */
  public static RequestFacts line(byte[] buffer, int offset, int length) throws IOException {
    RequestFacts facts = new RequestFacts();
    try (JsonParser json = Json.FACTORY.createParser(buffer, offset, length)) {
      begin(json);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        switch (name) {
          case "custom_id" -> facts.customId = text(json, value);
          case "method" -> facts.method = text(json, value);
          case "url" -> facts.url = text(json, value);
          case "body" -> {
            if (value == JsonToken.START_OBJECT) {
              facts.bodyStart = offset + (int) json.currentTokenLocation().getByteOffset();
              readBody(json, facts);
              facts.bodyEnd = offset + (int) json.currentLocation().getByteOffset();
            } else {
              json.skipChildren();
            }
          }
          default -> json.skipChildren();
        }
      }
      end(json);
    }
    return facts;
  }

  /**
   * Reads the body of a synchronous call.
   *
   * @throws IOException when it is not one JSON object
   */
  public static RequestFacts body(byte[] body) throws IOException {
    RequestFacts facts = new RequestFacts();
    facts.bodyStart = 0;
    facts.bodyEnd = body.length;
    try (JsonParser json = Json.FACTORY.createParser(body)) {
      begin(json);
      readBody(json, facts);
      end(json);
    }
    return facts;
  }

  private static void begin(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new NoObject();
    }
  }

  private static void end(JsonParser json) throws IOException {
    if (json.nextToken() != null) {
      throw new NoObject();
    }
  }

  private static @Nullable String text(JsonParser json, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    json.skipChildren();
    return null;
  }

  private static void readBody(JsonParser json, RequestFacts facts) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "model" -> facts.model = text(json, value);
        case "stream" -> facts.stream = value == JsonToken.VALUE_TRUE;
        case "encoding_format" -> facts.base64 = "base64".equals(text(json, value));
        case "n" -> facts.choices = Math.clamp(number(json, value, 1), 1, 128);
        case "dimensions" -> facts.dimensions = Math.clamp(number(json, value, 0), 0, 4096);
        case "max_tokens", "max_completion_tokens", "max_output_tokens" -> {
          facts.maxTokens = number(json, value, Long.MAX_VALUE);
          facts.maxTokensParam = name;
        }
        case "messages" -> {
          facts.hasMessages = true;
          facts.items = countItems(json, value, facts);
        }
        case "input" -> {
          facts.hasInput = true;
          facts.items = countItems(json, value, facts);
        }
        case "prompt" -> {
          facts.hasPrompt = true;
          facts.items = countItems(json, value, facts);
        }
        default -> countItems(json, value, facts);
      }
    }
  }

  private static long number(JsonParser json, JsonToken value, long otherwise) throws IOException {
    if (value == JsonToken.VALUE_NUMBER_INT) {
      return json.getBigIntegerValue().bitLength() > 62 ? otherwise : json.getLongValue();
    }
    json.skipChildren();
    return otherwise;
  }

  /** Counts the text of a value, and its items: those of an array of texts, arrays or objects. */
  private static int countItems(JsonParser json, JsonToken value, RequestFacts facts)
      throws IOException {
    if (!value.isStructStart()) {
      countText(json, value, facts);
      return 1;
    }
    int items = 0;
    boolean numbers = false;
    boolean array = value == JsonToken.START_ARRAY;
    for (int depth = 1; depth > 0; ) {
      JsonToken token = json.nextToken();
      if (depth == 1 && array && token != JsonToken.END_ARRAY) {
        items++;
        numbers |= token == JsonToken.VALUE_NUMBER_INT;
      }
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else {
        countText(json, token, facts);
      }
    }
    return array && !numbers ? items : 1;
  }

  private static void countText(JsonParser json, JsonToken token, RequestFacts facts)
      throws IOException {
    if (token == JsonToken.VALUE_NUMBER_INT) {
      facts.textChars += 4;
    }
    if (token != JsonToken.VALUE_STRING) {
      return;
    }
    int length = json.getTextLength();
    if (length > LONG_TEXT && json.getTextCharacters()[json.getTextOffset() + 4] == ':') {
      // data:image/...;base64 — an image costs what an image costs, not its characters.
      facts.textChars += IMAGE_CHARS;
      return;
    }
    facts.textChars += length;
    String name = json.currentName();
    if ("type".equals(name)) {
      facts.wantsJson |= isJsonFormat(json, length);
    } else if (name == null || isSpoken(name)) {
      facts.topic =
          new String(json.getTextCharacters(), json.getTextOffset(), Math.min(length, TOPIC_CHARS));
    }
  }

  /** {@code json_object} or {@code json_schema}, which nothing but an answer's format is called. */
  private static boolean isJsonFormat(JsonParser json, int length) throws IOException {
    return length == "json_object".length() && json.getText().startsWith("json_");
  }

  private static boolean isSpoken(String name) {
    return switch (name) {
      case "content", "text", "input", "prompt" -> true;
      default -> false;
    };
  }
}
