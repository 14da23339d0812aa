package dev.offpeak.runtime.config.load;

import java.util.List;
import java.util.Map;

/**
 * What stands in the file at one place. Scalars keep their text; what it means is decided later.
 */
sealed interface ConfigNode {

  /** Nothing, or YAML's null. */
  record Absent() implements ConfigNode {}

  record Scalar(String text) implements ConfigNode {}

  record Listing(List<ConfigNode> elements) implements ConfigNode {}

  record Mapping(Map<String, ConfigNode> entries) implements ConfigNode {

    ConfigNode get(String key) {
      return entries.getOrDefault(key, new Absent());
    }
  }

  /** What it is, for messages. */
  default String kind() {
    return switch (this) {
      case Absent _ -> "nothing";
      case Scalar _ -> "a single value";
      case Listing _ -> "a list";
      case Mapping _ -> "a group of settings";
    };
  }
}
