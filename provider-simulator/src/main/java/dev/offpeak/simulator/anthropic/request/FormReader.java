package dev.offpeak.simulator.anthropic.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.answer.Form;
import dev.offpeak.simulator.answer.Tool;

/** Reads formats and tools of a message. */
final class FormReader {
  private FormReader() {}

  /** The {@code format} of {@code output_config}; betas had it as {@code output_format}. */
  static void format(JsonNode format, Form form) {
    if (format.path("type").asText().equals("json_schema") && format.path("schema").isObject()) {
      form.schema = format.get("schema");
    }
  }

  /**
   * Tools of the caller; those that Anthropic executes itself have no schema and are not called.
   */
  static void tools(JsonNode tools, Form form) {
    for (JsonNode tool : tools) {
      if (tool.path("input_schema").isObject()) {
        form.tools.add(new Tool(tool.path("name").asText(), tool.get("input_schema")));
      }
    }
  }

  static void choice(JsonNode choice, Form form) {
    switch (choice.path("type").asText()) {
      case "any" -> form.mustCall = true;
      case "tool" -> {
        form.mustCall = true;
        form.callable.add(choice.path("name").asText());
      }
      default -> form.mustCall = false;
    }
  }
}
