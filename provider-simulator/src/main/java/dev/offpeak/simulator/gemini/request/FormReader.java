package dev.offpeak.simulator.gemini.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.answer.Form;
import dev.offpeak.simulator.answer.Tool;

/** Reads schemas and functions, in both spellings. */
final class FormReader {
  private FormReader() {}

  static void schema(JsonNode schema, Form form) {
    if (schema.isObject()) {
      form.schema = schema;
    }
  }

  static void tools(JsonNode tools, Form form) {
    for (JsonNode tool : tools) {
      for (JsonNode one : either(tool, "functionDeclarations", "function_declarations")) {
        JsonNode json = either(one, "parametersJsonSchema", "parameters_json_schema");
        JsonNode parameters = json.isObject() ? json : one.path("parameters");
        form.tools.add(
            new Tool(
                one.path("name").asText(), parameters.isObject() ? parameters : Form.anyObject()));
      }
    }
  }

  static void choice(JsonNode config, Form form) {
    JsonNode calling = either(config, "functionCallingConfig", "function_calling_config");
    form.mustCall = calling.path("mode").asText().equals("ANY");
    either(calling, "allowedFunctionNames", "allowed_function_names")
        .forEach(name -> form.callable.add(name.asText()));
  }

  private static JsonNode either(JsonNode node, String name, String otherwise) {
    return node.has(name) ? node.get(name) : node.path(otherwise);
  }
}
