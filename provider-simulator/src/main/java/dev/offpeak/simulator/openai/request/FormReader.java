package dev.offpeak.simulator.openai.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.answer.Form;
import dev.offpeak.simulator.answer.Tool;

/** Reads formats and tools as Chat Completions and Responses spell them. */
final class FormReader {
  private FormReader() {}

  /** A {@code response_format}, or the {@code format} of {@code text}. */
  static void format(JsonNode format, Form form) {
    JsonNode schema = format.path("json_schema").path("schema");
    JsonNode its = schema.isObject() ? schema : format.path("schema");
    if (format.path("type").asText().equals("json_schema") && its.isObject()) {
      form.schema = its;
    }
  }

  static void tools(JsonNode tools, Form form) {
    for (JsonNode tool : tools) {
      if (tool.path("type").asText().equals("function")) {
        JsonNode its = of(tool);
        JsonNode parameters = its.path("parameters");
        form.tools.add(
            new Tool(
                its.path("name").asText(), parameters.isObject() ? parameters : Form.anyObject()));
      }
    }
  }

  static void choice(JsonNode choice, Form form) {
    if (choice.isTextual()) {
      form.mustCall = choice.asText().equals("required");
      return;
    }
    JsonNode its = choice.path("allowed_tools");
    JsonNode allowed = its.isObject() ? its : choice;
    switch (choice.path("type").asText()) {
      case "function" -> {
        form.mustCall = true;
        form.named = true;
        form.callable.add(of(choice).path("name").asText());
      }
      case "allowed_tools" -> {
        form.mustCall = allowed.path("mode").asText().equals("required");
        allowed.path("tools").forEach(tool -> form.callable.add(of(tool).path("name").asText()));
      }
      default -> form.mustCall = false;
    }
  }

  /** Chat Completions put the members of a function one deeper than Responses. */
  private static JsonNode of(JsonNode tool) {
    return tool.path("function").isObject() ? tool.get("function") : tool;
  }
}
