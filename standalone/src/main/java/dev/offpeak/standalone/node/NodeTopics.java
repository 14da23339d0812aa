package dev.offpeak.standalone.node;

import dev.offpeak.runtime.kafka.ClientProperties;
import dev.offpeak.runtime.time.Sleeper;
import dev.offpeak.schemas.topic.TopicDefinition;
import dev.offpeak.schemas.topic.TopicRequirements;
import dev.offpeak.schemas.topic.TopicSetup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/** The topics of a node: as everywhere, but nothing expires while a run may be gone on with. */
final class NodeTopics {

  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private NodeTopics() {}

  /**
   * Creates what is missing. Requests have one partition, so that they are admitted in the order of
   * their lines: of two with the same custom id the first is the one that counts.
   */
  static void prepare(Admin admin, NodeSettings settings) throws InterruptedException {
    TopicDefinition requests = settings.topics().requests();
    List<TopicDefinition> others = new ArrayList<>(settings.topics().all());
    others.remove(requests);
    prepare(admin, settings, List.of(requests), 1);
    prepare(admin, settings, others, settings.topicsConfig().partitions());
  }

  private static void prepare(
      Admin admin, NodeSettings settings, List<TopicDefinition> topics, int partitions)
      throws InterruptedException {
    TopicRequirements requirements =
        new TopicRequirements(
            true,
            partitions,
            (short) 1,
            Duration.ZERO,
            ClientProperties.largestRecordBytes(settings.requestLimit()));
    new TopicSetup(admin, requirements, Sleeper.system()::sleep)
        .prepare(topics.stream().map(NodeTopics::keptForEver).toList());
  }

  private static TopicDefinition keptForEver(TopicDefinition topic) {
    return new TopicDefinition(
        topic.name(), topic.cleanup(), FOR_EVER, topic.leastRetention(), topic.traits());
  }
}
