package dev.offpeak.standalone.node;

import dev.offpeak.runtime.kafka.ClientProperties;
import dev.offpeak.runtime.time.Sleeper;
import dev.offpeak.schemas.topic.TopicDefinition;
import dev.offpeak.schemas.topic.TopicRequirements;
import dev.offpeak.schemas.topic.TopicSetup;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;

/** The topics of a node: as everywhere, but nothing expires while a run may be gone on with. */
final class NodeTopics {

  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private NodeTopics() {}

  /** Creates what is missing. */
  static void prepare(Admin admin, NodeSettings settings) throws InterruptedException {
    TopicRequirements requirements =
        new TopicRequirements(
            true,
            settings.topicsConfig().partitions(),
            (short) 1,
            Duration.ZERO,
            ClientProperties.largestRecordBytes(settings.requestLimit()));
    new TopicSetup(admin, requirements, Sleeper.system()::sleep)
        .prepare(settings.topics().all().stream().map(NodeTopics::keptForEver).toList());
  }

  private static TopicDefinition keptForEver(TopicDefinition topic) {
    return new TopicDefinition(
        topic.name(), topic.cleanup(), FOR_EVER, topic.leastRetention(), topic.traits());
  }
}
