package dev.offpeak.system.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.system.world.Addresses;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads all committed outcomes, as a user does, and counts them by custom id. Not thread-safe. */
public final class Outcomes implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Topics topics = Topics.withPrefix("");
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final SerdeFactory serdes;
  private final Deserializer<LlmResult> results;
  private final Deserializer<LlmFailure> failures;
  private final Map<String, Integer> times = new HashMap<>();
  private final Map<String, Integer> failureCodes = new TreeMap<>();
  private final List<Long> publishedAt = new ArrayList<>();
  private final Set<String> sources = new HashSet<>();
  private int answered;
  private int failed;

  /** From the beginning of both topics, which must exist. */
  public Outcomes(Addresses addresses) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                addresses.kafka(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                "false"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    serdes = SerdeFactory.of(Map.of("schema.registry.url", addresses.registry()));
    results = serdes.deserializer(LlmResult.class);
    failures = serdes.deserializer(LlmFailure.class);
    List<TopicPartition> all = new ArrayList<>();
    for (String topic : List.of(topics.results().name(), topics.failures().name())) {
      consumer
          .partitionsFor(topic)
          .forEach(info -> all.add(new TopicPartition(topic, info.partition())));
    }
    consumer.assign(all);
    consumer.seekToBeginning(all);
  }

  /** Reads on, and answers with the number of custom ids that have an outcome. */
  public int read() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      String customId;
      if (record.topic().equals(topics.results().name())) {
        customId = results.deserialize(record.topic(), record.value()).getCustomId();
        answered++;
      } else {
        LlmFailure failure = failures.deserialize(record.topic(), record.value());
        customId = String.valueOf(failure.getCustomId());
        failureCodes.merge(failure.getCode(), 1, Integer::sum);
        failed++;
        sources.add(failure.getSourcePartition() + ":" + failure.getSourceOffset());
      }
      times.merge(customId, 1, Integer::sum);
      publishedAt.add(record.timestamp());
    }
    return times.size();
  }

  /** Fails unless each of these has exactly one outcome, and nothing else has any. */
  public void assertEachOnce(Collection<String> customIds) {
    assertThat(times.keySet()).as("custom ids with outcomes").hasSameElementsAs(customIds);
    assertThat(more()).as("custom ids with more than one outcome").isEmpty();
  }

  /** Custom ids with more than one outcome. */
  public List<String> more() {
    return times.entrySet().stream()
        .filter(each -> each.getValue() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Those of these that have no outcome yet. */
  public List<String> missing(Collection<String> customIds) {
    return customIds.stream().filter(id -> !times.containsKey(id)).toList();
  }

  /** Outcomes that are answers of a provider. */
  public int answered() {
    return answered;
  }

  /** Outcomes that are failures. */
  public int failed() {
    return failed;
  }

  /** Records of llm.requests that have failed. */
  public int failedSources() {
    return sources.size();
  }

  /** Outcomes that are failures, by code. */
  public Map<String, Integer> failureCodes() {
    return failureCodes;
  }

  /** The longest time without an outcome between these instants. */
  public Duration longestPause(Instant from, Instant to) {
    long before = from.toEpochMilli();
    long longest = 0;
    for (long at : publishedAt.stream().sorted().toList()) {
      if (at >= from.toEpochMilli() && at <= to.toEpochMilli()) {
        longest = Math.max(longest, at - before);
        before = at;
      }
    }
    return Duration.ofMillis(Math.max(longest, to.toEpochMilli() - before));
  }

  @Override
  public void close() {
    consumer.close();
    serdes.close();
  }
}
