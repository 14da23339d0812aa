package dev.offpeak.standalone.node;

import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.runtime.kafka.ClientProperties;
import dev.offpeak.schemas.topic.TopicDefinition;
import dev.offpeak.schemas.topic.TopicRequirements;
import dev.offpeak.schemas.topic.TopicSetup;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** The topics of a node: as everywhere, but nothing expires while a run may be gone on with. */
final class NodeTopics {

  /**
   * Each costs start-up time. Requests have one in any case, so that they are admitted in the order
   * of their lines: of two with the same custom id the first is the one that counts.
   */
  static final int PARTITIONS = 1;

  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  /** Topics take the longest line that a run may allow, so that a later run can allow more. */
  private static final int LARGEST_RECORD =
      ClientProperties.largestRecordBytes(NodeSettings.LARGEST_REQUEST);

  private NodeTopics() {}

  /** Creates what is missing. */
  static void prepare(Admin admin, NodeSettings settings) throws InterruptedException {
    summonCoordinators(admin, settings);
    widen(admin);
    TopicRequirements requirements =
        new TopicRequirements(true, PARTITIONS, (short) 1, Duration.ZERO, LARGEST_RECORD);
    new TopicSetup(admin, requirements, Sleeper.system())
        .prepare(
            settings.topics().all().stream()
                .filter(topic -> settings.plan().gateway() != null || !isGateways(topic, settings))
                .map(topic -> settings.plan().stays() ? topic : keptForEver(topic))
                .toList());
  }

  /**
   * A broker creates its own topics of offsets and transactions when it is first asked whose they
   * are. Asked now, it does so while the services are made; nobody waits for the answers.
   */
  private static void summonCoordinators(Admin admin, NodeSettings settings) {
    var _ = admin.describeConsumerGroups(List.of(settings.batcherGroup()));
    var _ = admin.describeTransactions(List.of(settings.batcherGroup()));
  }

  /** Topics of an earlier version take less. */
  private static void widen(Admin admin) throws InterruptedException {
    try {
      Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
      AlterConfigOp size =
          new AlterConfigOp(
              new ConfigEntry(
                  TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(LARGEST_RECORD)),
              AlterConfigOp.OpType.SET);
      for (String topic : admin.listTopics().names().get()) {
        changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(size));
      }
      if (!changes.isEmpty()) {
        admin.incrementalAlterConfigs(changes).all().get();
      }
    } catch (ExecutionException e) {
      throw new KafkaException("topics can't be widened", e.getCause());
    }
  }

  private static boolean isGateways(TopicDefinition topic, NodeSettings settings) {
    return topic.equals(settings.topics().objects()) || topic.equals(settings.topics().files());
  }

  private static TopicDefinition keptForEver(TopicDefinition topic) {
    return new TopicDefinition(
        topic.name(), topic.cleanup(), FOR_EVER, topic.leastRetention(), topic.traits());
  }
}
