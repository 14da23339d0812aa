package dev.offpeak.simulator.openai.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Rules as JSON, for instance {@code {"limits":{"max_requests":100},
 * "quirks":{"shuffled_output":false}}}. What is not named keeps its default.
 */
public final class OpenAiRulesJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private OpenAiRulesJson() {}

  /** Reads rules; see {@link #read(byte[])}. */
  public static OpenAiRules read(String json) {
    return read(json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads rules.
   *
   * @throws IllegalArgumentException when the JSON names something that is no rule
   */
  public static OpenAiRules read(byte[] json) {
    try {
      ObjectNode rules = MAPPER.valueToTree(OpenAiRules.STRICT);
      for (Map.Entry<String, JsonNode> group : MAPPER.readTree(json).properties()) {
        if (group.getValue().isObject() && rules.path(group.getKey()).isObject()) {
          rules.withObject("/" + group.getKey()).setAll((ObjectNode) group.getValue());
        } else {
          rules.set(group.getKey(), group.getValue());
        }
      }
      return MAPPER.treeToValue(rules, OpenAiRules.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("No rules for OpenAI: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("No rules for OpenAI: " + e.getMessage(), e);
    }
  }
}
