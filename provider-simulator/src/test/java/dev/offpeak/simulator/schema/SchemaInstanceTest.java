package dev.offpeak.simulator.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaInstanceTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Property(tries = 300)
  void whatIsMadeUpFitsItsSchema(@ForAll("schemas") JsonNode schema, @ForAll long seed)
      throws IOException {
    JsonNode made = JSON.readTree(SchemaInstance.of(schema, seed).toString());

    assertThat(new Check(schema).takes(schema, made)).as("%s of %s", made, schema).isTrue();
    assertThat(SchemaInstance.of(schema, seed).toString())
        .isEqualTo(SchemaInstance.of(schema, seed).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'string','pattern':'^[A-Z]{2}-\\\\d{3,5}$'}",
        "{'type':'string','pattern':'^(red|green|blue)( dark)?$','maxLength':5}",
        "{'type':'string','pattern':'[a-f0-9]+','minLength':8,'maxLength':8}",
        "{'type':'string','pattern':'^\\\\+?[1-9]\\\\d{1,14}$'}",
        "{'type':'string','pattern':'^[^@\\\\s]+@[^@\\\\s]+\\\\.com$'}",
        "{'type':'integer','exclusiveMinimum':3,'exclusiveMaximum':5}",
        "{'type':'number','exclusiveMinimum':0,'exclusiveMaximum':0.001}",
        "{'type':'integer','multipleOf':2.5,'minimum':1}",
        "{'type':['null','integer'],'minimum':1,'maximum':1}",
        "{'type':'array','items':{'enum':['a','b','c']},'minItems':3,'uniqueItems':true}",
        "{'$ref':'#/$defs/node','$defs':{'node':{'type':'object','required':['next','more'],"
            + "'additionalProperties':false,'properties':{'next':{'anyOf':[{'$ref':'#/$defs/node'},"
            + "{'type':'null'}]},'more':{'type':'array','items':{'$ref':'#/$defs/node'}}}}}}",
        "{'allOf':[{'type':'object','required':['a'],'properties':{'a':{'type':'integer'}}},"
            + "{'required':['b'],'properties':{'b':{'const':7}}}]}"
      })
  void schemasAsPeopleWriteThemAreFitted(String quoted) throws IOException {
    JsonNode schema = JSON.readTree(quoted.replace('\'', '"'));
    for (long seed = 0; seed < 20; seed++) {
      JsonNode made = JSON.readTree(SchemaInstance.of(schema, seed).toString());
      assertThat(new Check(schema).takes(schema, made)).as("%s of %s", made, schema).isTrue();
    }
  }

  @Provide
  Arbitrary<JsonNode> schemas() {
    return schema(3);
  }

  private static Arbitrary<JsonNode> schema(int depth) {
    Arbitrary<JsonNode> simple = Arbitraries.oneOf(texts(), numbers(), choices());
    if (depth == 0) {
      return simple;
    }
    Arbitrary<JsonNode> inner = Arbitraries.lazy(() -> schema(depth - 1));
    return Arbitraries.oneOf(simple, arrays(inner), objects(inner), options(inner));
  }

  private static Arbitrary<JsonNode> texts() {
    return Arbitraries.integers()
        .between(0, 40)
        .map(
            least ->
                JSON.createObjectNode()
                    .put("type", "string")
                    .put("minLength", least)
                    .put("maxLength", least + 3));
  }

  private static Arbitrary<JsonNode> numbers() {
    Arbitrary<BigDecimal> bounds =
        Arbitraries.bigDecimals()
            .between(BigDecimal.valueOf(-1_000), BigDecimal.valueOf(1_000))
            .ofScale(2);
    return bounds.flatMap(
        low ->
            Arbitraries.of("integer", "number")
                .map(
                    type ->
                        JSON.createObjectNode()
                            .put("type", type)
                            .put("exclusiveMinimum", low)
                            .put("maximum", low.add(BigDecimal.valueOf(2)))));
  }

  private static Arbitrary<JsonNode> choices() {
    return Arbitraries.of("a", "b", "c")
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(
            values -> {
              ArrayNode all = JSON.createArrayNode();
              values.forEach(all::add);
              return JSON.createObjectNode().set("enum", all);
            });
  }

  private static Arbitrary<JsonNode> arrays(Arbitrary<JsonNode> inner) {
    return inner.flatMap(
        items ->
            Arbitraries.integers()
                .between(0, 3)
                .map(
                    least ->
                        JSON.createObjectNode()
                            .put("type", "array")
                            .put("minItems", least)
                            .put("maxItems", least + 1)
                            .set("items", items)));
  }

  private static Arbitrary<JsonNode> objects(Arbitrary<JsonNode> inner) {
    return inner
        .list()
        .ofMaxSize(3)
        .map(
            values -> {
              ObjectNode schema = JSON.createObjectNode().put("type", "object");
              ObjectNode properties = schema.putObject("properties");
              ArrayNode required = schema.putArray("required");
              for (JsonNode value : values) {
                required.add("p" + properties.size());
                properties.set("p" + properties.size(), value);
              }
              return schema.put("additionalProperties", false);
            });
  }

  private static Arbitrary<JsonNode> options(Arbitrary<JsonNode> inner) {
    return inner
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(
            values -> {
              ArrayNode all = JSON.createArrayNode();
              values.forEach(all::add);
              return JSON.createObjectNode().set("anyOf", all);
            });
  }
}
