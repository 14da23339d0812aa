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
      Scan.fields(
          json,
          (name, value) -> {
            if (name.equals("custom_id")) {
              facts.customId = Objects.requireNonNullElse(Scan.text(json, value), "");
            } else {
              facts.paramsStart = Scan.tokenStart(json, 0);
              readParams(json, facts);
              facts.paramsEnd = Scan.tokenEnd(json, 0);
            }
          });
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
    Scan.fields(json, (name, value) -> readParam(json, name, value, facts));
  }

  private static void readParam(JsonParser json, String name, JsonToken value, MessageFacts facts)
      throws IOException {
    facts.names.add(name);
    switch (name) {
      case "model" -> facts.model = Scan.text(json, value);
      case "stream" -> facts.stream = value == JsonToken.VALUE_TRUE;
      case "max_tokens" -> {
        facts.hasMaxTokens = true;
        facts.maxTokens = Scan.number(json, value, Long.MAX_VALUE);
        facts.form.maxTokens = facts.maxTokens;
      }
      case "messages" -> {
        facts.hasMessages = value == JsonToken.START_ARRAY;
        facts.messages = facts.text.count(json, value);
      }
      case "tools" -> FormReader.tools(facts.text.tree(json), facts.form);
      case "tool_choice" -> FormReader.choice(facts.text.tree(json), facts.form);
      case "output_config" -> FormReader.format(facts.text.tree(json).path("format"), facts.form);
      case "output_format" -> FormReader.format(facts.text.tree(json), facts.form);
      case "thinking" -> readThinking(json, value, facts);
      default -> facts.text.count(json, value);
    }
  }

  private static void readThinking(JsonParser json, JsonToken start, MessageFacts facts)
      throws IOException {
    if (start != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    Scan.fields(
        json,
        (name, value) -> {
          String text = Scan.text(json, value);
          if (name.equals("type")) {
            facts.thinks = "enabled".equals(text) || "adaptive".equals(text);
          }
        });
  }
}
