package dev.offpeak.system.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.system.world.Addresses;
import dev.offpeak.testkit.time.Patience;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How Kafka has shared the partitions out. */
public final class Groups implements AutoCloseable {

  private static final Duration PATIENCE = Patience.LONG;

  /** The groups of all services that read from Kafka. */
  public static final List<String> ALL =
      List.of("offpeak-batcher", "offpeak-submitter", "offpeak-results");

  private final Admin admin;

  /** Connects. */
  public Groups(Addresses addresses) {
    admin = Admin.create(Map.of("bootstrap.servers", addresses.kafka()));
  }

  /** Of each process in a group (with one thread each), how many partitions it has. */
  public Map<String, Integer> partitionsByMember(String group)
      throws InterruptedException, ExecutionException {
    Map<String, Integer> all = new HashMap<>();
    for (MemberDescription member :
        admin.describeConsumerGroups(List.of(group)).all().get().get(group).members()) {
      all.put(member.consumerId(), member.assignment().topicPartitions().size());
    }
    return all;
  }

  /** Sets a group's offsets of a topic back to the beginning, once all its members are gone. */
  public void readFromTheBeginning(String group, String topic) {
    await(group + " has no members")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
              admin
                  .listConsumerGroupOffsets(group)
                  .partitionsToOffsetAndMetadata()
                  .get()
                  .keySet()
                  .stream()
                  .filter(partition -> partition.topic().equals(topic))
                  .forEach(partition -> offsets.put(partition, new OffsetAndMetadata(0)));
              assertThat(offsets).isNotEmpty();
              assertThat(admin.alterConsumerGroupOffsets(group, offsets).all())
                  .succeedsWithin(PATIENCE);
            });
  }

  @Override
  public void close() {
    admin.close();
  }
}
