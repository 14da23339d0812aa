package dev.offpeak.simulator.openai.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.simulator.openai.request.Endpoint;
import dev.offpeak.simulator.openai.rules.OpenAiRules;
import dev.offpeak.simulator.openai.wire.FileLife;
import dev.offpeak.simulator.openai.wire.OpenAiErrors;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and checks the body of {@code POST /v1/batches}. What is in the file is checked later. */
final class OrderReader {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Set<String> FIELDS =
      Set.of("input_file_id", "endpoint", "completion_window", "metadata", "output_expires_after");
  private static final List<String> NOT_SIMULATED =
      List.of("/v1/images/generations", "/v1/images/edits", "/v1/videos");
  private static final int MAX_METADATA = 16;
  private static final int MAX_KEY_CHARS = 64;
  private static final int MAX_VALUE_CHARS = 512;

  private OrderReader() {}

  static BatchOrder read(byte[] body, OpenAiRules rules) {
    JsonNode root = parse(body);
    for (Iterator<String> names = root.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!FIELDS.contains(name) || (name.equals("metadata") && !rules.compatible().metadata())) {
        throw OpenAiErrors.refuse("Unknown parameter: '" + name + "'.", name, "unknown_parameter");
      }
    }
    String endpoint = text(root, "endpoint");
    if (NOT_SIMULATED.contains(endpoint)) {
      throw OpenAiErrors.refuse(
          "The simulator does not answer '" + endpoint + "'.", "endpoint", "invalid_value");
    }
    if (Endpoint.of(endpoint).isEmpty()
        || !rules.azure().spelled(Endpoint.of(endpoint).orElseThrow().path()).equals(endpoint)) {
      throw invalidValue(endpoint, "endpoint");
    }
    String window = text(root, "completion_window");
    if (!rules.compatible().windows().contains(window)) {
      throw invalidValue(window, "completion_window");
    }
    return new BatchOrder(
        text(root, "input_file_id"),
        endpoint,
        metadata(root.path("metadata")),
        outputLife(root.path("output_expires_after")));
  }

  private static JsonNode parse(byte[] body) {
    JsonNode root;
    try {
      root = MAPPER.readTree(body);
    } catch (IOException e) {
      root = null;
    }
    if (root == null || !root.isObject()) {
      throw OpenAiErrors.refuse(
          "We could not parse the JSON body of your request. The API expects a JSON payload.",
          null,
          null);
    }
    return root;
  }

  private static String text(JsonNode root, String name) {
    JsonNode value = root.path(name);
    if (value.isMissingNode() || value.isNull()) {
      throw OpenAiErrors.refuse(
          "Missing required parameter: '" + name + "'.", name, "missing_required_parameter");
    }
    if (!value.isTextual()) {
      throw invalidType(name, "a string");
    }
    return value.textValue();
  }

  private static RuntimeException invalidValue(String value, String param) {
    return OpenAiErrors.refuse("Invalid value: '" + value + "'.", param, "invalid_value");
  }

  private static RuntimeException invalidType(String param, String expected) {
    return OpenAiErrors.refuse(
        "Invalid type for '" + param + "': expected " + expected + ".", param, "invalid_type");
  }

  private static @Nullable Map<String, String> metadata(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isObject()) {
      throw invalidType("metadata", "an object with string values");
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String param = "metadata." + entry.getKey();
      if (!entry.getValue().isTextual()) {
        throw invalidType(param, "a string");
      }
      String value = entry.getValue().textValue();
      if (entry.getKey().length() > MAX_KEY_CHARS || value.length() > MAX_VALUE_CHARS) {
        throw OpenAiErrors.refuse(
            "Invalid '%s': keys have at most %d characters, values at most %d."
                .formatted(param, MAX_KEY_CHARS, MAX_VALUE_CHARS),
            param,
            "string_above_max_length");
      }
      metadata.put(entry.getKey(), value);
    }
    if (metadata.size() > MAX_METADATA) {
      throw OpenAiErrors.refuse(
          "Invalid 'metadata': too many properties. Expected at most " + MAX_METADATA + ".",
          "metadata",
          "object_above_max_properties");
    }
    return metadata;
  }

  private static @Nullable Long outputLife(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    String anchor = node.path("anchor").asText();
    if (!anchor.equals("created_at")) {
      throw invalidValue(anchor, "output_expires_after.anchor");
    }
    return FileLife.seconds(node.path("seconds").asText(), "output_expires_after.seconds");
  }
}
