package dev.offpeak.schemas.serde;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;

/** Which subject of the registry a topic's schema belongs to. Named as Confluent's classes are. */
enum SubjectName {
  /** One schema, which may evolve, for all values of a topic. */
  TOPIC("TopicNameStrategy") {
    @Override
    String of(String topic, boolean isKey, Schema schema) {
      return topic + (isKey ? "-key" : "-value");
    }
  },

  /** One for each record type, whatever topic it is in. */
  RECORD("RecordNameStrategy") {
    @Override
    String of(String topic, boolean isKey, Schema schema) {
      return schema.getFullName();
    }
  },

  /** One for each record type of a topic. */
  TOPIC_RECORD("TopicRecordNameStrategy") {
    @Override
    String of(String topic, boolean isKey, Schema schema) {
      return topic + "-" + schema.getFullName();
    }
  };

  private final String strategy;

  SubjectName(String strategy) {
    this.strategy = strategy;
  }

  abstract String of(String topic, boolean isKey, Schema schema);

  /** The strategy of that name, with or without a package. */
  static SubjectName named(String key, String name) {
    String simple = name.substring(name.lastIndexOf('.') + 1);
    return Arrays.stream(values())
        .filter(each -> each.strategy.equals(simple))
        .findAny()
        .orElseThrow(
            () ->
                new ConfigException(
                    key
                        + " is "
                        + name
                        + "; it must be one of "
                        + Arrays.stream(values())
                            .map(each -> each.strategy)
                            .collect(Collectors.joining(", "))));
  }
}
