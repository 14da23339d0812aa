package dev.offpeak.simulator.anthropic.request;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.scan.Scan;
import java.io.IOException;
import java.util.Objects;

/** Reads one request of a batch, or the body of a synchronous call. */
public final class MessageScanner {
  private MessageScanner() {}

  /**
   * Reads {@code {"custom_id":…,"params":{…}}} from the start of a buffer.
   *
   * @throws IOException when it is not that
   */
  public static MessageFacts request(byte[] buffer, int length) throws IOException {
    MessageFacts facts = new MessageFacts();
    try (JsonParser json = Json.FACTORY.createParser(buffer, 0, length)) {
      Scan.begin(json);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (name.equals("custom_id")) {
          facts.customId = Objects.requireNonNullElse(Scan.text(json, value), "");
        } else {
          facts.paramsStart = Scan.tokenStart(json, 0);
          readParams(json, facts);
          facts.paramsEnd = Scan.tokenEnd(json, 0);
        }
      }
      Scan.end(json);
    }
    return facts;
  }

  /**
   * Reads the body of a synchronous call.
   *
   * @throws IOException when it is not one JSON object
   */
  public static MessageFacts body(byte[] body) throws IOException {
    MessageFacts facts = new MessageFacts();
    facts.paramsEnd = body.length;
    try (JsonParser json = Json.FACTORY.createParser(body)) {
      Scan.begin(json);
      readParams(json, facts);
      Scan.end(json);
    }
    return facts;
  }

  private static void readParams(JsonParser json, MessageFacts facts) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      facts.names.add(name);
      switch (name) {
        case "model" -> facts.model = Scan.text(json, value);
        case "stream" -> facts.stream = value == JsonToken.VALUE_TRUE;
        case "max_tokens" -> {
          facts.hasMaxTokens = true;
          facts.maxTokens = Scan.number(json, value, Long.MAX_VALUE);
        }
        case "messages" -> {
          facts.hasMessages = value == JsonToken.START_ARRAY;
          facts.messages = facts.text.count(json, value);
        }
        case "thinking" -> facts.thinks = thinks(json, value);
        default -> facts.text.count(json, value);
      }
    }
  }

  private static boolean thinks(JsonParser json, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      json.skipChildren();
      return false;
    }
    boolean thinks = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken inner = json.nextToken();
      if (name.equals("type")) {
        String type = Scan.text(json, inner);
        thinks = "enabled".equals(type) || "adaptive".equals(type);
      } else {
        json.skipChildren();
      }
    }
    return thinks;
  }
}
