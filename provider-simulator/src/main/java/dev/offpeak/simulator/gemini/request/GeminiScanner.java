package dev.offpeak.simulator.gemini.request;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.scan.Scan;
import java.io.IOException;
import java.util.Objects;

/**
 * Reads a line of a batch file, an inline request, or the body of a synchronous call. Names come in
 * camelCase or in snake_case.
 */
public final class GeminiScanner {
  private GeminiScanner() {}

  /**
   * Reads {@code {"key":…,"request":{…}}} or {@code {"request":{…},"metadata":{"key":…}}}.
   *
   * @throws IOException when it is not one JSON object
   */
  public static GeminiFacts line(byte[] buffer, int offset, int length) throws IOException {
    GeminiFacts facts = new GeminiFacts();
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
  public static GeminiFacts body(byte[] body) throws IOException {
    GeminiFacts facts = new GeminiFacts();
    facts.requestStart = 0;
    facts.requestEnd = body.length;
    try (JsonParser json = Json.FACTORY.createParser(body)) {
      Scan.begin(json);
      readRequest(json, facts);
      Scan.end(json);
    }
    return facts;
  }

  private static void readLineField(
      JsonParser json, int offset, String name, JsonToken value, GeminiFacts facts)
      throws IOException {
    boolean object = value == JsonToken.START_OBJECT;
    if (name.equals("key")) {
      readKey(json, name, value, facts);
    } else if (name.equals("request") && object) {
      facts.requestStart = Scan.tokenStart(json, offset);
      readRequest(json, facts);
      facts.requestEnd = Scan.tokenEnd(json, offset);
    } else if (name.equals("metadata") && object) {
      facts.metadataStart = Scan.tokenStart(json, offset);
      Scan.fields(json, (field, inner) -> readKey(json, field, inner, facts));
      facts.metadataEnd = Scan.tokenEnd(json, offset);
    } else {
      json.skipChildren();
    }
  }

  private static void readKey(JsonParser json, String name, JsonToken value, GeminiFacts facts)
      throws IOException {
    String text = Scan.text(json, value);
    if (name.equals("key")) {
      facts.key = Objects.requireNonNullElse(text, "");
    }
  }

  private static void readRequest(JsonParser json, GeminiFacts facts) throws IOException {
    Scan.fields(json, (name, value) -> readRequestField(json, name, value, facts));
  }

  private static void readRequestField(
      JsonParser json, String name, JsonToken value, GeminiFacts facts) throws IOException {
    switch (name) {
      case "contents", "content" -> facts.contents = facts.text.count(json, value);
      case "requests" -> readMany(json, value, facts);
      case "generateContentRequest", "generate_content_request" -> {
        if (value == JsonToken.START_OBJECT) {
          readRequest(json, facts);
        } else {
          json.skipChildren();
        }
      }
      case "generationConfig", "generation_config" -> readConfig(json, value, facts);
      case "tools" -> FormReader.tools(facts.text.tree(json), facts.form);
      case "toolConfig", "tool_config" -> FormReader.choice(facts.text.tree(json), facts.form);
      case "cachedContent", "cached_content" -> facts.cachedContent = Scan.text(json, value);
      case "thinkingConfig", "thinking_config" -> {
        facts.misplaced = name;
        json.skipChildren();
      }
      default -> readOption(json, name, value, facts);
    }
  }

  /** A synchronous call for many embeddings: they are alike but for their contents. */
  private static void readMany(JsonParser json, JsonToken start, GeminiFacts facts)
      throws IOException {
    int count = 0;
    while (start == JsonToken.START_ARRAY && json.nextToken() == JsonToken.START_OBJECT) {
      readRequest(json, facts);
      count++;
    }
    facts.contents = count;
  }

  private static void readConfig(JsonParser json, JsonToken start, GeminiFacts facts)
      throws IOException {
    if (start != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    Scan.fields(
        json,
        (name, value) -> {
          if (name.equals("thinkingConfig") || name.equals("thinking_config")) {
            readConfig(json, value, facts);
          } else {
            readOption(json, name, value, facts);
          }
        });
  }

  /** Options stand in the generation config; beside it they are mostly tolerated. */
  private static void readOption(JsonParser json, String name, JsonToken value, GeminiFacts facts)
      throws IOException {
    switch (name) {
      case "maxOutputTokens", "max_output_tokens" -> {
        facts.maxTokens = Scan.number(json, value, Long.MAX_VALUE);
        facts.form.maxTokens = facts.maxTokens;
      }
      case "responseSchema", "response_schema", "responseJsonSchema", "response_json_schema" ->
          FormReader.schema(facts.text.tree(json), facts.form);
      case "responseMimeType", "response_mime_type" ->
          facts.form.bare = facts.text.tree(json).asText().equals("text/x.enum");
      case "candidateCount", "candidate_count" ->
          facts.candidates = Math.clamp(Scan.number(json, value, 1), 1, 8);
      case "thinkingBudget", "thinking_budget" ->
          facts.thinkingBudget = Scan.number(json, value, -1);
      case "outputDimensionality", "output_dimensionality" ->
          facts.dimensions = Math.clamp(Scan.number(json, value, 0), 0, 4096);
      default -> facts.text.count(json, value);
    }
  }
}
