package dev.offpeak.simulator.openai.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.simulator.openai.wire.OpenAiErrors;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Reads and checks what callers send to {@code /v1/webhook_endpoints}. */
final class EndpointReader {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private EndpointReader() {}

  static JsonNode object(byte[] body) {
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

  static String name(JsonNode root) {
    return text(root, "name");
  }

  static String url(JsonNode root) {
    String url = text(root, "url");
    try {
      URI uri = URI.create(url);
      if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw invalidValue("url", url);
    }
    throw invalidValue("url", url);
  }

  static List<String> events(JsonNode root) {
    JsonNode types = root.path("event_types");
    if (types.isMissingNode() || types.isNull()) {
      throw missing("event_types");
    }
    List<String> events = new ArrayList<>();
    for (JsonNode type : types) {
      events.add(event(type.asText(), "event_types"));
    }
    if (events.isEmpty()) {
      throw invalidValue("event_types", types.toString());
    }
    return List.copyOf(events);
  }

  static String event(JsonNode root) {
    return event(text(root, "event_type"), "event_type");
  }

  private static String event(String type, String param) {
    if (!EventTypes.ALL.contains(type)) {
      throw invalidValue(param, type);
    }
    return type;
  }

  private static String text(JsonNode root, String param) {
    JsonNode value = root.path(param);
    if (!value.isTextual()) {
      throw missing(param);
    }
    return value.textValue();
  }

  private static RuntimeException missing(String param) {
    return OpenAiErrors.refuse(
        "Missing required parameter: '" + param + "'.", param, "missing_required_parameter");
  }

  private static RuntimeException invalidValue(String param, String value) {
    return OpenAiErrors.refuse("Invalid value: '" + value + "'.", param, "invalid_value");
  }
}
