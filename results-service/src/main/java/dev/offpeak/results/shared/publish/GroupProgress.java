package dev.offpeak.results.shared.publish;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** What a consumer group has committed. */
public final class GroupProgress implements CommittedProgress {

  private final Admin admin;
  private final String groupId;

  /** Progress of that group. */
  public GroupProgress(Admin admin, String groupId) {
    this.admin = admin;
    this.groupId = groupId;
  }

  @Override
  public Progress read(TopicPartition partition) throws InterruptedException {
    var wanted = new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(partition));
    try {
      OffsetAndMetadata committed =
          admin
              .listConsumerGroupOffsets(
                  Map.of(groupId, wanted),
                  new ListConsumerGroupOffsetsOptions().requireStable(true))
              .partitionsToOffsetAndMetadata(groupId)
              .get()
              .get(partition);
      return committed == null
          ? Progress.none()
          : Progress.of(committed.offset(), committed.metadata());
    } catch (ExecutionException e) {
      throw new KafkaException("cannot read the progress of " + partition, e.getCause());
    }
  }
}
