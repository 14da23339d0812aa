package dev.offpeak.schemas.topic;

import dev.offpeak.core.wait.Sleeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates topics that are missing and checks those that are there. Several services may do so at
 * the same time: whoever comes second takes what the first has created. Topics that are there are
 * never changed.
 */
public final class TopicSetup {

  private static final Logger LOGGER = LoggerFactory.getLogger(TopicSetup.class);

  /** A topic that someone has just created is seen by all brokers after a moment. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  /** Two minutes at least: a broker on a busy machine has other things to do. */
  private static final int LOOKS = 600;

  private final Admin admin;
  private final TopicRequirements requirements;
  private final TopicRules rules;
  private final Sleeper sleeper;

  /** Sets up with that client, which stays the caller's. */
  public TopicSetup(Admin admin, TopicRequirements requirements, Sleeper sleeper) {
    this.admin = admin;
    this.requirements = requirements;
    this.rules = new TopicRules(requirements);
    this.sleeper = sleeper;
  }

  /**
   * Creates what is missing, where that is allowed, and checks the rest. Topics that must agree in
   * their partitions are compared only as far as they are given.
   *
   * @throws TopicProblems naming everything that is wrong
   * @throws KafkaException when the cluster can't be asked; trying again later may help
   * @throws InterruptedException when the thread is told to stop
   */
  public void prepare(Collection<TopicDefinition> topics) throws InterruptedException {
    var problems = new ArrayList<String>();
    var there = look(topics, problems);
    var missing = topics.stream().filter(topic -> !there.containsKey(topic)).toList();
    if (problems.isEmpty() && !missing.isEmpty()) {
      if (requirements.create()) {
        there.putAll(create(missing, there, problems));
      } else {
        missing.forEach(topic -> problems.add(notCreated(topic, there)));
      }
    }
    if (requirements.create()) {
      grow(there);
    }
    problems.addAll(rules.problems(there));
    if (!problems.isEmpty()) {
      throw new TopicProblems(problems);
    }
  }

  /** What is there; topics that may not be looked at are problems. */
  private Map<TopicDefinition, TopicState> look(
      Collection<TopicDefinition> topics, List<String> problems) throws InterruptedException {
    var descriptions =
        admin.describeTopics(topics.stream().map(TopicDefinition::name).toList()).topicNameValues();
    var partitions = new LinkedHashMap<TopicDefinition, Integer>();
    for (TopicDefinition topic : topics) {
      try {
        TopicDescription description = get(descriptions.get(topic.name()));
        partitions.put(topic, description.partitions().size());
      } catch (UnknownTopicOrPartitionException _) {
        // It is missing, which is no problem yet.
      } catch (AuthorizationException e) {
        problems.add(refused(topic, "looked at", "DESCRIBE", e));
      }
    }
    return withSettings(partitions, problems);
  }

  private Map<TopicDefinition, TopicState> withSettings(
      Map<TopicDefinition, Integer> partitions, List<String> problems) throws InterruptedException {
    var results =
        admin.describeConfigs(partitions.keySet().stream().map(TopicSetup::resource).toList());
    var there = new LinkedHashMap<TopicDefinition, TopicState>();
    for (Map.Entry<TopicDefinition, Integer> topic : partitions.entrySet()) {
      try {
        Config config = get(results.values().get(resource(topic.getKey())));
        there.put(topic.getKey(), new TopicState(topic.getValue(), settings(config)));
      } catch (AuthorizationException e) {
        problems.add(refused(topic.getKey(), "checked", "DESCRIBE_CONFIGS", e));
      }
    }
    return there;
  }

  /** Where that is not allowed, the topic's size is a problem like any other. */
  private void grow(Map<TopicDefinition, TopicState> there) throws InterruptedException {
    for (Map.Entry<TopicDefinition, TopicState> entry : there.entrySet()) {
      TopicDefinition topic = entry.getKey();
      Map<String, String> growth = rules.growth(topic, entry.getValue());
      if (growth.isEmpty()) {
        continue;
      }
      var changes =
          growth.entrySet().stream()
              .map(set -> new ConfigEntry(set.getKey(), set.getValue()))
              .map(set -> new AlterConfigOp(set, AlterConfigOp.OpType.SET))
              .toList();
      try {
        get(
            admin
                .incrementalAlterConfigs(Map.of(resource(topic), changes))
                .values()
                .get(resource(topic)));
        Map<String, String> settings = new HashMap<>(entry.getValue().settings());
        settings.putAll(growth);
        entry.setValue(new TopicState(entry.getValue().partitions(), settings));
      } catch (AuthorizationException | PolicyViolationException refused) {
        LOGGER
            .atWarn()
            .addKeyValue("topic", topic.name())
            .addKeyValue("settings", growth)
            .addKeyValue("reason", refused.getMessage())
            .log("topic not changed");
      }
    }
  }

  private Map<TopicDefinition, TopicState> create(
      List<TopicDefinition> missing, Map<TopicDefinition, TopicState> there, List<String> problems)
      throws InterruptedException {
    var wanted = missing.stream().map(topic -> newTopic(topic, there)).toList();
    CreateTopicsResult result = admin.createTopics(wanted);
    var created = new ArrayList<TopicDefinition>();
    for (TopicDefinition topic : missing) {
      try {
        get(result.values().get(topic.name()));
        created.add(topic);
      } catch (TopicExistsException _) {
        created.add(topic);
      } catch (AuthorizationException e) {
        problems.add(refused(topic, "created", "CREATE", e));
      } catch (InvalidReplicationFactorException | PolicyViolationException e) {
        problems.add(
            topic.name()
                + " can't be created: "
                + e.getMessage()
                + " See topics.partitions and topics.replication-factor");
      }
    }
    var seen = await(created, problems);
    awaitLeaders(seen);
    return seen;
  }

  /**
   * Asks for offsets, which only a leader answers, and which the admin client asks for until there
   * is one. A producer that comes earlier may have its first batch refused and the next one taken,
   * and can then never write the first.
   */
  private void awaitLeaders(Map<TopicDefinition, TopicState> created) throws InterruptedException {
    var asked = new HashMap<TopicPartition, OffsetSpec>();
    created.forEach(
        (topic, state) -> {
          for (int partition = 0; partition < state.partitions(); partition++) {
            asked.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
          }
        });
    for (int i = 1; !isAnswered(asked); i++) {
      if (i == LOOKS) {
        throw new KafkaException(
            "the topics "
                + created.keySet().stream().map(TopicDefinition::name).toList()
                + " have no leaders");
      }
      sleeper.sleep(BETWEEN_LOOKS);
    }
  }

  private boolean isAnswered(Map<TopicPartition, OffsetSpec> asked) throws InterruptedException {
    try {
      get(admin.listOffsets(asked).all());
      return true;
    } catch (UnknownTopicOrPartitionException _) {
      // The broker that was asked has not heard of them.
      return false;
    } catch (AuthorizationException _) {
      // Whoever may create topics but not look at them does without.
      return true;
    }
  }

  /** Looks until topics that were just created, here or by another service, can be seen. */
  private Map<TopicDefinition, TopicState> await(
      List<TopicDefinition> topics, List<String> problems) throws InterruptedException {
    if (topics.isEmpty()) {
      return Map.of();
    }
    for (int i = 1; i < LOOKS; i++) {
      try {
        var seen = look(topics, problems);
        if (seen.size() == topics.size() || !problems.isEmpty()) {
          return seen;
        }
      } catch (UnknownTopicOrPartitionException _) {
        // One broker knows the topic, the next one that was asked for its settings not yet.
      }
      sleeper.sleep(BETWEEN_LOOKS);
    }
    throw new KafkaException(
        "the topics "
            + topics.stream().map(TopicDefinition::name).toList()
            + " exist, says the cluster's controller, but brokers do not know them");
  }

  private NewTopic newTopic(TopicDefinition topic, Map<TopicDefinition, TopicState> there) {
    Optional<Short> replicas =
        requirements.replicationFactor() == -1
            ? Optional.empty()
            : Optional.of(requirements.replicationFactor());
    return new NewTopic(topic.name(), Optional.of(rules.partitions(topic, there)), replicas)
        .configs(rules.settings(topic));
  }

  private String notCreated(TopicDefinition topic, Map<TopicDefinition, TopicState> there) {
    var settings = new StringBuilder();
    rules.settings(topic).forEach((k, v) -> settings.append(" --config ").append(k + "=" + v));
    return topic.name()
        + " is missing. Set topics.create to true, or create it: kafka-topics.sh --create --topic "
        + topic.name()
        + " --partitions "
        + rules.partitions(topic, there)
        + " --replication-factor "
        + requirements.replicationFactor()
        + settings;
  }

  private static String refused(
      TopicDefinition topic, String what, String right, AuthorizationException e) {
    return topic.name()
        + " may not be "
        + what
        + " by this user ("
        + e.getMessage()
        + "). Grant "
        + right
        + " on it";
  }

  private static Map<String, String> settings(Config config) {
    var settings = new HashMap<String, String>();
    for (ConfigEntry entry : config.entries()) {
      if (entry.value() != null) {
        settings.put(entry.name(), entry.value());
      }
    }
    return settings;
  }

  private static ConfigResource resource(TopicDefinition topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
  }

  private static <T extends @Nullable Object> T get(@Nullable KafkaFuture<T> future)
      throws InterruptedException {
    if (future == null) {
      throw new IllegalStateException("Kafka's admin client left out what it was asked for");
    }
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException kafka
          ? kafka
          : new KafkaException("the cluster can't be asked about topics", e.getCause());
    }
  }
}
