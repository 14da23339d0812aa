package dev.offpeak.simulator.openai.request;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.scan.Scan;
import java.io.IOException;

/** Reads a request line, or the body of a synchronous call, in one pass and without a tree. */
public final class RequestScanner {
  private RequestScanner() {}

  /**
   * Reads a line of a batch file.
   *
   * @throws IOException when it is not one JSON object
   */
  public static RequestFacts line(byte[] buffer, int offset, int length) throws IOException {
    RequestFacts facts = new RequestFacts();
    try (JsonParser json = Json.FACTORY.createParser(buffer, offset, length)) {
      Scan.begin(json);
      Scan.fields(json, (name, value) -> readLineField(json, offset, name, value, facts));
      Scan.end(json);
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
      Scan.begin(json);
      Scan.fields(json, (name, value) -> readBodyField(json, name, value, facts));
      Scan.end(json);
    }
    return facts;
  }

  private static void readLineField(
      JsonParser json, int offset, String name, JsonToken value, RequestFacts facts)
      throws IOException {
    switch (name) {
      case "custom_id" -> facts.customId = Scan.text(json, value);
      case "method" -> facts.method = Scan.text(json, value);
      case "url" -> facts.url = Scan.text(json, value);
      case "body" -> {
        if (value == JsonToken.START_OBJECT) {
          facts.bodyStart = Scan.tokenStart(json, offset);
          Scan.fields(json, (field, inner) -> readBodyField(json, field, inner, facts));
          facts.bodyEnd = Scan.tokenEnd(json, offset);
        } else {
          json.skipChildren();
        }
      }
      default -> json.skipChildren();
    }
  }

  private static void readBodyField(
      JsonParser json, String name, JsonToken value, RequestFacts facts) throws IOException {
    switch (name) {
      case "model" -> facts.model = Scan.text(json, value);
      case "stream" -> facts.stream = value == JsonToken.VALUE_TRUE;
      case "encoding_format" -> facts.base64 = "base64".equals(Scan.text(json, value));
      case "n" -> facts.choices = Math.clamp(Scan.number(json, value, 1), 1, 128);
      case "dimensions" -> facts.dimensions = Math.clamp(Scan.number(json, value, 0), 0, 4096);
      case "max_tokens", "max_completion_tokens", "max_output_tokens" -> {
        facts.maxTokens = Scan.number(json, value, Long.MAX_VALUE);
        facts.form.maxTokens = facts.maxTokens;
        facts.maxTokensParam = name;
      }
      case "stream_options" ->
          facts.includeUsage = facts.text.tree(json).path("include_usage").asBoolean();
      case "response_format" -> FormReader.format(facts.text.tree(json), facts.form);
      case "text" -> {
        facts.textOptions = facts.text.tree(json);
        FormReader.format(facts.textOptions.path("format"), facts.form);
      }
      case "tools" -> {
        facts.tools = facts.text.tree(json);
        FormReader.tools(facts.tools, facts.form);
      }
      case "tool_choice" -> {
        facts.toolChoice = facts.text.tree(json);
        FormReader.choice(facts.toolChoice, facts.form);
      }
      case "messages" -> {
        facts.hasMessages = true;
        facts.items = facts.text.count(json, value);
      }
      case "input" -> {
        facts.hasInput = true;
        facts.items = facts.text.count(json, value);
      }
      case "prompt" -> {
        facts.hasPrompt = true;
        facts.items = facts.text.count(json, value);
      }
      default -> facts.text.count(json, value);
    }
  }
}
