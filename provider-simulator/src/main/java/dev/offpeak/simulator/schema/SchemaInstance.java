package dev.offpeak.simulator.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.offpeak.simulator.chance.Mix;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes up a value that a schema takes, always the same one for the same seed. It reads JSON Schema
 * as structured outputs have it, and Gemini's own dialect of it. {@code not}, {@code if} and {@code
 * patternProperties} are passed over.
 */
public final class SchemaInstance {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** From here on only what is required is written, so that recursive schemas come to an end. */
  private static final int ENOUGH = 4;

  /** A schema that wants more than that has no value. */
  private static final int DEEPEST = 40;

  private static final int MOST_ITEMS = 1000;
  private static final int TRIES = 64;

  private final PlainSchema plain;

  private SchemaInstance(JsonNode root) {
    plain = new PlainSchema(root);
  }

  /** A value that the schema takes. */
  public static JsonNode of(JsonNode schema, long seed) {
    return new SchemaInstance(schema).value(schema, "value", seed, 0);
  }

  private JsonNode value(JsonNode schema, String name, long seed, int depth) {
    if (depth > DEEPEST) {
      return NullNode.instance;
    }
    ObjectNode its = plain.of(schema, seed, depth >= ENOUGH);
    if (its.has("const")) {
      return its.get("const");
    }
    if (its.path("enum").size() > 0) {
      return its.get("enum").get((int) Long.remainderUnsigned(seed, its.get("enum").size()));
    }
    return switch (PlainSchema.type(its)) {
      case "object" -> object(its, seed, depth);
      case "array" -> array(its, name, seed, depth);
      case "integer" -> NumberValue.integer(its, seed);
      case "number" -> NumberValue.number(its, seed);
      case "boolean" -> NODES.booleanNode((seed & 1) == 0);
      case "null" -> NullNode.instance;
      default -> NODES.textNode(TextValue.of(its, name, seed));
    };
  }

  private ObjectNode object(ObjectNode schema, long seed, int depth) {
    ObjectNode object = NODES.objectNode();
    JsonNode properties = schema.path("properties");
    for (String name : names(schema, depth)) {
      JsonNode its = properties.has(name) ? properties.get(name) : others(schema);
      object.set(name, value(its, name, Mix.mix(seed, Mix.hash(name)), depth + 1));
    }
    for (int i = 1; object.size() < schema.path("minProperties").asInt(); i++) {
      object.set("key" + i, value(others(schema), "key" + i, Mix.mix(seed, i), depth + 1));
    }
    return object;
  }

  private static JsonNode others(ObjectNode schema) {
    JsonNode others = schema.path("additionalProperties");
    return others.isObject() ? others : NODES.objectNode();
  }

  private static Set<String> names(ObjectNode schema, int depth) {
    Set<String> required = new LinkedHashSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    Set<String> names = new LinkedHashSet<>();
    schema.path("propertyOrdering").forEach(name -> names.add(name.asText()));
    schema.path("properties").fieldNames().forEachRemaining(names::add);
    int most = schema.path("maxProperties").asInt(Integer.MAX_VALUE);
    boolean all = depth < ENOUGH && names.size() <= most;
    names.removeIf(name -> !schema.path("properties").has(name));
    if (!all) {
      names.retainAll(required);
    }
    names.addAll(required);
    return names;
  }

  private ArrayNode array(ObjectNode schema, String name, long seed, int depth) {
    ArrayNode array = NODES.arrayNode();
    JsonNode first = schema.path("prefixItems");
    int least = Math.clamp(schema.path("minItems").asLong(), 0, MOST_ITEMS);
    int most = Math.clamp(schema.path("maxItems").asLong(MOST_ITEMS), 0, MOST_ITEMS);
    int usual = depth >= ENOUGH ? 0 : 1 + (int) Long.remainderUnsigned(seed, 3);
    int size = Math.min(most, Math.max(least, Math.max(first.size(), usual)));
    boolean unique = schema.path("uniqueItems").asBoolean();
    for (int i = 0; i < size; i++) {
      JsonNode its = item(schema, i);
      if (i >= least && its.isBoolean() && !its.booleanValue()) {
        break;
      }
      addItem(array, its, new Item(name, Mix.mix(seed, i), depth + 1, unique));
    }
    return array;
  }

  private static JsonNode item(ObjectNode schema, int place) {
    JsonNode first = schema.path("prefixItems");
    if (place < first.size()) {
      return first.get(place);
    }
    if (place == first.size() && schema.has("contains")) {
      return PlainSchema.both(schema.path("items"), schema.get("contains"));
    }
    return schema.has("items") ? schema.get("items") : NODES.objectNode();
  }

  private record Item(String name, long seed, int depth, boolean unique) {}

  private void addItem(ArrayNode array, JsonNode schema, Item item) {
    List<JsonNode> before = List.copyOf(array.valueStream().toList());
    for (int i = 0; i < TRIES; i++) {
      JsonNode value = value(schema, item.name, item.seed + i, item.depth);
      if (!item.unique || !before.contains(value)) {
        array.add(value);
        return;
      }
    }
  }
}
