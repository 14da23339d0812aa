package dev.offpeak.simulator.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;

/**
 * Reads rules, which are records of groups of settings, over their defaults: {@code
 * {"limits":{"max_requests":100},"quirks":{"shuffled_output":false}}} changes two settings and
 * leaves the others.
 *
 * @param <T> the rules
 */
public final class RulesReader<T> {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final String of;
  private final T defaults;
  private final Class<T> type;

  /**
   * @param of whose rules they are, for messages
   * @param defaults what is not named keeps its value from here
   */
  public RulesReader(String of, T defaults, Class<T> type) {
    this.of = of;
    this.defaults = defaults;
    this.type = type;
  }

  /**
   * Reads rules from JSON or YAML.
   *
   * @throws IllegalArgumentException when it names something that is no rule
   */
  public T read(byte[] text) {
    try {
      return merge(SettingsText.parse(text));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("No rules for " + of + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("No rules for " + of + ": " + e.getMessage(), e);
    }
  }

  private T merge(JsonNode changes) throws IOException {
    ObjectNode rules = MAPPER.valueToTree(defaults);
    merge(rules, changes);
    return MAPPER.treeToValue(rules, type);
  }

  /** Groups are merged; anything else, and a map of names of the user's own, is replaced. */
  private static void merge(ObjectNode rules, JsonNode changes) {
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      JsonNode known = rules.path(change.getKey());
      if (change.getValue().isObject() && known.isObject() && !known.isEmpty()) {
        merge((ObjectNode) known, change.getValue());
      } else {
        rules.set(change.getKey(), change.getValue());
      }
    }
  }
}
