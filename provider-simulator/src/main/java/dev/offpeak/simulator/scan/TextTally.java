package dev.offpeak.simulator.scan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.offpeak.simulator.json.Json;
import java.io.IOException;

/** Adds up the text of a request, which is what it costs to read, and remembers its topic. */
public final class TextTally {
  private static final int TOPIC_CHARS = 60;
  private static final int LONG_TEXT = 1000;
  private static final int IMAGE_CHARS = 4 * 765;

  private long chars;
  private String topic = "";
  private boolean wantsJson;
  private boolean marksCache;
  private boolean hourlyCache;

  /** Whether the answer is to be JSON. */
  public boolean wantsJson() {
    return wantsJson;
  }

  /** Whether a part of the text is marked with {@code cache_control}. */
  public boolean marksCache() {
    return marksCache;
  }

  /** Whether it is to stay in the cache for an hour. */
  public boolean hourlyCache() {
    return hourlyCache;
  }

  /** The beginning of the last text that somebody said, to be quoted in the answer. */
  public String topic() {
    return topic;
  }

  /** Characters so far. */
  public long chars() {
    return chars;
  }

  /** Tokens so far, at four characters a token, with what each message adds. */
  public long tokens(int messages) {
    return Math.ceilDiv(chars, 4L) + 3L + 4L * messages;
  }

  /**
   * Counts the text of the current value.
   *
   * @return its items: those of an array of texts, arrays or objects, 1 for anything else
   */
  public int count(JsonParser json, JsonToken value) throws IOException {
    if (!value.isStructStart()) {
      countText(json, value);
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
        countText(json, token);
      }
    }
    return array && !numbers ? items : 1;
  }

  /** Reads the current value into a tree, and counts its text. */
  public JsonNode tree(JsonParser json) throws IOException {
    JsonToken first = json.currentToken();
    if (!first.isStructStart()) {
      count(json, first);
      return first == JsonToken.VALUE_STRING ? TextNode.valueOf(json.getText()) : NullNode.instance;
    }
    JsonNode tree = Json.MAPPER.readTree(json);
    try (JsonParser again = tree.traverse()) {
      count(again, again.nextToken());
    }
    return tree;
  }

  private void countText(JsonParser json, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NUMBER_INT) {
      chars += 4;
    }
    if (token == JsonToken.FIELD_NAME) {
      marksCache |= "cache_control".equals(json.currentName());
    }
    if (token != JsonToken.VALUE_STRING) {
      return;
    }
    int length = json.getTextLength();
    if (length > LONG_TEXT && isImage(json)) {
      chars += IMAGE_CHARS;
      return;
    }
    chars += length;
    String name = json.currentName();
    if (name != null && isFormat(name)) {
      wantsJson |= isJson(json.getText());
    } else if ("ttl".equals(name)) {
      hourlyCache |= json.getText().equals("1h");
    } else if (name == null || isSpoken(name)) {
      topic =
          new String(json.getTextCharacters(), json.getTextOffset(), Math.min(length, TOPIC_CHARS));
    }
  }

  /** An image costs what an image costs, not its characters. */
  private static boolean isImage(JsonParser json) throws IOException {
    return json.getTextCharacters()[json.getTextOffset() + 4] == ':'
        || "data".equals(json.currentName());
  }

  private static boolean isFormat(String name) {
    return switch (name) {
      case "type", "responseMimeType", "response_mime_type" -> true;
      default -> false;
    };
  }

  private static boolean isJson(String format) {
    return switch (format) {
      case "json_object", "json_schema", "application/json" -> true;
      default -> false;
    };
  }

  private static boolean isSpoken(String name) {
    return switch (name) {
      case "content", "text", "input", "prompt" -> true;
      default -> false;
    };
  }
}
