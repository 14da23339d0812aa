package dev.offpeak.schemas.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.BudgetHold;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.DroppedDuplicate;
import dev.offpeak.schemas.avro.GatewayKey;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmRequest;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.avro.QuotaRecord;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.schemas.request.OffpeakHeaders;
import dev.offpeak.schemas.topic.TopicDefinition;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.testkit.docs.GeneratedPart;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/**
 * docs/topics.md has every field of the public topics, and the records of all, from the schemas.
 */
class TopicsPageTest {

  private static final Path PAGE = Path.of("../docs/topics.md");
  private static final Topics TOPICS = Topics.withPrefix("");

  /** What users read and write comes first; what only Offpeak's services do, after it. */
  private static final Map<TopicDefinition, Schema> PUBLIC = new LinkedHashMap<>();

  private static final Map<TopicDefinition, Schema> INNER = new LinkedHashMap<>();

  static {
    PUBLIC.put(TOPICS.requests(), LlmRequest.getClassSchema());
    PUBLIC.put(TOPICS.results(), LlmResult.getClassSchema());
    PUBLIC.put(TOPICS.failures(), LlmFailure.getClassSchema());
    PUBLIC.put(TOPICS.usage(), UsageRecord.getClassSchema());
    PUBLIC.put(TOPICS.duplicates(), DroppedDuplicate.getClassSchema());
    PUBLIC.put(TOPICS.control(), ControlRecord.getClassSchema());
    INNER.put(TOPICS.lanes(), AdmittedRequest.getClassSchema());
    INNER.put(TOPICS.retries(), AdmittedRequest.getClassSchema());
    INNER.put(TOPICS.batches(), SealedBatch.getClassSchema());
    INNER.put(TOPICS.urgent(), SealedBatch.getClassSchema());
    INNER.put(TOPICS.jobs(), JobRecord.getClassSchema());
    INNER.put(TOPICS.quotas(), QuotaRecord.getClassSchema());
    INNER.put(TOPICS.completions(), JobEnded.getClassSchema());
    INNER.put(TOPICS.objects(), GatewayObject.getClassSchema());
    INNER.put(TOPICS.keys(), GatewayKey.getClassSchema());
    INNER.put(TOPICS.budgets(), BudgetHold.getClassSchema());
  }

  @Test
  void theTablesAreTheSchemas() throws IOException {
    String sections =
        PUBLIC.entrySet().stream()
            .map(topic -> section(topic.getKey(), topic.getValue()))
            .collect(Collectors.joining());
    String inner =
        INNER.entrySet().stream()
            .map(
                topic ->
                    "| `%s` | [`%s`](../schemas/src/main/avro/%s.avsc) | %s |\n"
                        .formatted(
                            topic.getKey().name(),
                            topic.getValue().getName(),
                            topic.getValue().getName(),
                            topic.getValue().getDoc()))
            .collect(Collectors.joining());

    GeneratedPart.check(
        "topics.md",
        sections
            + "## Between Offpeak's services\n\n| topic | value | |\n| --- | --- | --- |\n"
            + inner);
  }

  @Test
  void everyTopicIsThere() {
    // Chunks of users' files have no schema.
    assertThat(
            Stream.of(PUBLIC.keySet(), INNER.keySet(), Set.of(TOPICS.files())).flatMap(Set::stream))
        .containsExactlyInAnyOrderElementsOf(TOPICS.all());
  }

  @Test
  void everyFieldOfPublicTopicsIsExplained() {
    assertThat(PUBLIC.values().stream().flatMap(schema -> schema.getFields().stream()))
        .allSatisfy(field -> assertThat(field.doc()).as(field.name()).isNotBlank());
  }

  @Test
  void everyHeaderIsThere() throws IOException, IllegalAccessException {
    List<String> names = new ArrayList<>();
    for (Field constant : OffpeakHeaders.class.getFields()) {
      names.add((String) constant.get(null));
    }

    assertThat(names).hasSizeGreaterThan(5);
    assertThat(Files.readString(PAGE)).contains(names);
  }

  private static String section(TopicDefinition topic, Schema schema) {
    return """
    ## %s

    `%s`. %s

    | field | type | default | |
    | --- | --- | --- | --- |
    %s
    """
        .formatted(topic.name(), schema.getName(), schema.getDoc(), rows("", schema));
  }

  private static String rows(String path, Schema record) {
    return record.getFields().stream().map(field -> row(path, field)).collect(Collectors.joining());
  }

  private static String row(String path, Schema.Field field) {
    String name = path + field.name();
    String row =
        "| `%s` | %s | %s | %s |\n"
            .formatted(
                name, type(field.schema()), unset(field), field.doc() == null ? "" : field.doc());
    return field.schema().getType() == Schema.Type.RECORD
        ? row + rows(name + ".", field.schema())
        : row;
  }

  private static String type(Schema schema) {
    if (schema.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
      return "instant";
    }
    return switch (schema.getType()) {
      case UNION -> ofUnion(schema);
      case MAP -> "map of " + type(schema.getValueType());
      case ARRAY -> "list of " + type(schema.getElementType());
      case ENUM -> schema.getEnumSymbols().stream().collect(Collectors.joining("`, `", "`", "`"));
      case RECORD -> "`" + schema.getName() + "`";
      default -> schema.getType().getName();
    };
  }

  private static String ofUnion(Schema schema) {
    String types =
        schema.getTypes().stream()
            .filter(type -> type.getType() != Schema.Type.NULL)
            .map(TopicsPageTest::type)
            .collect(Collectors.joining(" or "));
    return schema.isNullable() ? types + " or null" : types;
  }

  private static String unset(Schema.Field field) {
    if (!field.hasDefaultValue()) {
      return "–";
    }
    return field.schema().isNullable() ? "null" : "`" + field.defaultVal() + "`";
  }
}
