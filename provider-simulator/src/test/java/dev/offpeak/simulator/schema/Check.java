package dev.offpeak.simulator.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.stream.StreamSupport;

/** Whether a schema takes a value: a small reading of JSON Schema of its own. */
record Check(JsonNode root) {

  boolean takes(JsonNode schema, JsonNode value) {
    if (schema.isBoolean()) {
      return schema.booleanValue();
    }
    if (schema.has("$ref") && !takes(root.at(schema.get("$ref").asText().substring(1)), value)) {
      return false;
    }
    return typed(schema, value)
        && (!schema.has("const") || schema.get("const").equals(value))
        && (!schema.has("enum") || stream(schema.get("enum")).anyMatch(value::equals))
        && (!schema.has("anyOf") || stream(schema.get("anyOf")).anyMatch(s -> takes(s, value)))
        && stream(schema.path("allOf")).allMatch(s -> takes(s, value))
        && (!value.isTextual() || text(schema, value.asText()))
        && (!value.isNumber() || number(schema, value.decimalValue()))
        && (!value.isArray() || array(schema, value))
        && (!value.isObject() || object(schema, value));
  }

  private static java.util.stream.Stream<JsonNode> stream(JsonNode nodes) {
    return StreamSupport.stream(nodes.spliterator(), false);
  }

  private static boolean typed(JsonNode schema, JsonNode value) {
    JsonNode type = schema.path("type");
    return type.isMissingNode()
        || (type.isArray()
            ? stream(type).anyMatch(each -> is(each.asText(), value))
            : is(type.asText(), value));
  }

  private static boolean is(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> false;
    };
  }

  private static boolean text(JsonNode schema, String text) {
    JsonNode pattern = schema.path("pattern");
    return text.length() >= schema.path("minLength").asInt()
        && text.length() <= schema.path("maxLength").asInt(Integer.MAX_VALUE)
        && (pattern.isMissingNode()
            || java.util.regex.Pattern.compile(pattern.asText()).matcher(text).find());
  }

  private static boolean number(JsonNode schema, BigDecimal number) {
    return (!schema.has("minimum") || number.compareTo(of(schema, "minimum")) >= 0)
        && (!schema.has("maximum") || number.compareTo(of(schema, "maximum")) <= 0)
        && (!schema.has("exclusiveMinimum") || number.compareTo(of(schema, "exclusiveMinimum")) > 0)
        && (!schema.has("exclusiveMaximum") || number.compareTo(of(schema, "exclusiveMaximum")) < 0)
        && (!schema.has("multipleOf") || number.remainder(of(schema, "multipleOf")).signum() == 0);
  }

  private static BigDecimal of(JsonNode schema, String name) {
    return schema.get(name).decimalValue();
  }

  private boolean array(JsonNode schema, JsonNode array) {
    return array.size() >= schema.path("minItems").asInt()
        && array.size() <= schema.path("maxItems").asInt(Integer.MAX_VALUE)
        && (!schema.path("uniqueItems").asBoolean()
            || new HashSet<>(stream(array).toList()).size() == array.size())
        && (!schema.has("items") || stream(array).allMatch(v -> takes(schema.get("items"), v)));
  }

  private boolean object(JsonNode schema, JsonNode object) {
    boolean closed = schema.path("additionalProperties").isBoolean();
    JsonNode properties = schema.path("properties");
    return stream(schema.path("required")).allMatch(name -> object.has(name.asText()))
        && object
            .propertyStream()
            .allMatch(
                field ->
                    properties.has(field.getKey())
                        ? takes(properties.get(field.getKey()), field.getValue())
                        : !closed);
  }
}
