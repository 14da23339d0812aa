package dev.offpeak.standalone.run;

import dev.offpeak.schemas.topic.TopicDefinition;
import dev.offpeak.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Whether the batcher has assembled every request that is in llm.requests, so that a flush seals
 * the last batches and no earlier ones.
 */
final class BatcherLag {

  private final Admin admin;
  private final String group;
  private final Topics topics;

  /**
   * The lag as that client sees it.
   *
   * @param group the application id of the batcher
   */
  BatcherLag(Admin admin, String group, Topics topics) {
    this.admin = admin;
    this.group = group;
    this.topics = topics;
  }

  /** True when nothing is left between llm.requests and the open batches. */
  boolean isZero() throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    // The ends are asked for after what is committed: whatever is admitted meanwhile counts.
    Map<TopicPartition, OffsetSpec> latest = latest();
    Map<TopicPartition, Long> ends = ends(latest, IsolationLevel.READ_COMMITTED);
    // A commit returns, and its offsets can be seen, before its records can be read: while a
    // transaction is open they are on their way, although the group lags behind nothing.
    return ends.entrySet().stream()
            .allMatch(end -> end.getValue() <= passed(committed.get(end.getKey())))
        && ends.equals(ends(latest, IsolationLevel.READ_UNCOMMITTED));
  }

  /**
   * The last offset of a transactional topic is a commit marker, which no record follows and which
   * the committed position may or may not have passed.
   */
  private static long passed(@Nullable OffsetAndMetadata committed) {
    return committed == null ? 0 : committed.offset() + 1;
  }

  private Map<TopicPartition, Long> ends(
      Map<TopicPartition, OffsetSpec> latest, IsolationLevel seen)
      throws InterruptedException, ExecutionException {
    return admin.listOffsets(latest, new ListOffsetsOptions(seen)).all().get().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
  }

  private Map<TopicPartition, OffsetSpec> latest() throws InterruptedException, ExecutionException {
    List<String> names =
        Stream.of(topics.requests(), topics.retries(), topics.lanes())
            .map(TopicDefinition::name)
            .toList();
    return admin.describeTopics(names).allTopicNames().get().values().stream()
        .flatMap(
            topic ->
                topic.partitions().stream()
                    .map(info -> new TopicPartition(topic.name(), info.partition())))
        .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
  }
}
