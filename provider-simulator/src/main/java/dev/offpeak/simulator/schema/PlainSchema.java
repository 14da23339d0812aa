package dev.offpeak.simulator.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Schemas without references and choices: these are followed and made. */
final class PlainSchema {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int LONGEST_CHAIN = 64;
  private static final Set<String> LOWER = Set.of("minimum", "exclusiveMinimum", "minLength");
  private static final Set<String> UPPER = Set.of("maximum", "exclusiveMaximum", "maxLength");
  private static final Map<String, String> TELLING =
      Map.ofEntries(
          Map.entry("properties", "object"),
          Map.entry("required", "object"),
          Map.entry("additionalProperties", "object"),
          Map.entry("items", "array"),
          Map.entry("prefixItems", "array"),
          Map.entry("minItems", "array"),
          Map.entry("minimum", "number"),
          Map.entry("maximum", "number"),
          Map.entry("exclusiveMinimum", "number"),
          Map.entry("exclusiveMaximum", "number"),
          Map.entry("multipleOf", "number"));

  private final JsonNode root;

  PlainSchema(JsonNode root) {
    this.root = root;
  }

  /**
   * What a value has to be when references are followed and a choice is made.
   *
   * @param seed chooses
   * @param shortly whether the shortest choice is the right one
   */
  ObjectNode of(JsonNode schema, long seed, boolean shortly) {
    return of(schema, seed, shortly, 0);
  }

  private ObjectNode of(JsonNode schema, long seed, boolean shortly, int chain) {
    ObjectNode its = schema.isObject() ? schema.deepCopy() : NODES.objectNode();
    if (chain > LONGEST_CHAIN) {
      return its;
    }
    JsonNode reference = its.remove("$ref");
    if (reference != null) {
      its = both(of(target(reference.asText()), seed, shortly, chain + 1), its);
    }
    JsonNode all = its.remove("allOf");
    if (all != null) {
      for (JsonNode one : all) {
        its = both(its, of(one, seed, shortly, chain + 1));
      }
    }
    for (String choice : new String[] {"anyOf", "any_of", "oneOf"}) {
      JsonNode options = its.remove(choice);
      if (options instanceof ArrayNode some && !some.isEmpty()) {
        its = both(its, of(choose(some, seed, shortly), seed, shortly, chain + 1));
      }
    }
    return its;
  }

  private static JsonNode choose(ArrayNode options, long seed, boolean shortly) {
    JsonNode chosen = options.get((int) Long.remainderUnsigned(seed, options.size()));
    if (shortly) {
      for (JsonNode option : options) {
        chosen = effort(option) < effort(chosen) ? option : chosen;
      }
    }
    return chosen;
  }

  private static int effort(JsonNode schema) {
    if (schema.has("$ref")) {
      return 3;
    }
    return switch (type(schema)) {
      case "null" -> 0;
      case "object", "array" -> 2;
      default -> 1;
    };
  }

  private JsonNode target(String reference) {
    if (!reference.startsWith("#")) {
      return NODES.objectNode();
    }
    String pointer = reference.substring(1).replace("%24", "$");
    return pointer.isEmpty() || pointer.startsWith("/") ? root.at(pointer) : NODES.objectNode();
  }

  /** The type of the values of a schema: the first that it names, or the one that it speaks of. */
  static String type(JsonNode schema) {
    JsonNode named = schema.path("type");
    for (JsonNode one : named.isArray() ? named : NODES.arrayNode().add(named)) {
      String type = one.asText().toLowerCase(Locale.ROOT);
      if (!type.equals("null") && !type.isEmpty()) {
        return type;
      }
    }
    if (!named.isMissingNode()) {
      return "null";
    }
    return schema
        .propertyStream()
        .map(field -> TELLING.get(field.getKey()))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("string");
  }

  /** What both schemas want. */
  static ObjectNode both(JsonNode one, JsonNode other) {
    ObjectNode both = one.isObject() ? one.deepCopy() : NODES.objectNode();
    for (Map.Entry<String, JsonNode> field : other.properties()) {
      both.set(field.getKey(), both(field.getKey(), both.get(field.getKey()), field.getValue()));
    }
    return both;
  }

  private static JsonNode both(String name, @Nullable JsonNode one, JsonNode other) {
    if (one == null || one.equals(other)) {
      return other;
    }
    if (LOWER.contains(name) || name.equals("minItems")) {
      return one.asDouble() > other.asDouble() ? one : other;
    }
    if (UPPER.contains(name) || name.equals("maxItems")) {
      return one.asDouble() < other.asDouble() ? one : other;
    }
    return switch (name) {
      case "properties" -> properties(one, other);
      case "required" -> one instanceof ArrayNode some ? union(some, other) : other;
      case "enum", "type" -> common(one, other);
      case "items" -> both(one, other);
      default -> other;
    };
  }

  private static ObjectNode properties(JsonNode one, JsonNode other) {
    ObjectNode all = one.isObject() ? one.deepCopy() : NODES.objectNode();
    for (Map.Entry<String, JsonNode> field : other.properties()) {
      JsonNode before = all.get(field.getKey());
      all.set(field.getKey(), before == null ? field.getValue() : both(before, field.getValue()));
    }
    return all;
  }

  private static ArrayNode union(ArrayNode one, JsonNode other) {
    ArrayNode all = one.deepCopy();
    other.forEach(all::add);
    return all;
  }

  private static JsonNode common(JsonNode one, JsonNode other) {
    ArrayNode common = NODES.arrayNode();
    ArrayNode some = other.isArray() ? (ArrayNode) other : NODES.arrayNode().add(other);
    for (JsonNode each : one.isArray() ? one : NODES.arrayNode().add(one)) {
      if (some.valueStream().anyMatch(each::equals)) {
        common.add(each);
      }
    }
    return common.isEmpty() ? other : common;
  }
}
