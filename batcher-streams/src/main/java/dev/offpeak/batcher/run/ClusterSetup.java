package dev.offpeak.batcher.run;

import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.kafka.ClientProperties;
import dev.offpeak.schemas.topic.TopicDefinition;
import dev.offpeak.schemas.topic.TopicProblems;
import dev.offpeak.schemas.topic.TopicRequirements;
import dev.offpeak.schemas.topic.TopicSetup;
import java.util.Collection;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * Makes the cluster ready for the topology: topics as they must be, changelogs with as many
 * partitions as llm.lanes has.
 */
public final class ClusterSetup {

  private final KafkaConfig kafka;
  private final Collection<TopicDefinition> topics;
  private final TopicRequirements requirements;
  private final Changelogs changelogs;
  private final Sleeper sleeper;

  /**
   * The set-up of one cluster.
   *
   * @param topics those that the topology reads and writes
   */
  public ClusterSetup(
      KafkaConfig kafka,
      Collection<TopicDefinition> topics,
      TopicRequirements requirements,
      Changelogs changelogs,
      Sleeper sleeper) {
    this.kafka = kafka;
    this.topics = topics;
    this.requirements = requirements;
    this.changelogs = changelogs;
    this.sleeper = sleeper;
  }

  /**
   * Looks at the cluster and creates what is missing.
   *
   * @throws TopicProblems when something must be put right by hand
   * @throws KafkaException when the cluster can't be asked now
   */
  public void prepare() throws InterruptedException {
    try (Admin admin = Admin.create(ClientProperties.admin(kafka, "offpeak-batcher-setup"))) {
      new TopicSetup(admin, requirements, sleeper).prepare(topics);
      changelogs.follow(admin);
    }
  }
}
