package dev.offpeak.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

@WithKafka
class TopicSetupIT {

  private static final Duration THREE_WINDOWS = Duration.ofDays(3).plusMinutes(5);

  @Test
  void createsWhatIsMissing(TestKafka kafka) throws Exception {
    try (var admin = Admin.create(kafka.clientProperties())) {
      var topics = Topics.withPrefix(kafka.prefix());

      setup(admin, true).prepare(topics.all());

      assertThat(partitions(admin, topics))
          .hasSize(topics.all().size())
          .containsValues(3)
          .doesNotContainValue(1);
      assertThat(settings(admin, topics.lanes()))
          .containsEntry("cleanup.policy", "delete")
          .containsEntry("retention.ms", Long.toString(Duration.ofDays(7).toMillis()))
          .containsEntry("max.message.bytes", "9000000");
      assertThat(settings(admin, topics.jobs())).containsEntry("cleanup.policy", "compact");
      // A second service finds nothing to do and nothing wrong.
      setup(admin, false).prepare(topics.all());
    }
  }

  @Test
  void severalServicesMaySetUpAtOnce(TestKafka kafka) throws Exception {
    var topics = Topics.withPrefix(kafka.prefix());
    Callable<Map<String, Integer>> service =
        () -> {
          try (var admin = Admin.create(kafka.clientProperties())) {
            setup(admin, true).prepare(topics.all());
            return partitions(admin, topics);
          }
        };
    var seen = new ArrayList<Map<String, Integer>>();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Map<String, Integer>> each :
          threads.invokeAll(List.of(service, service, service, service))) {
        seen.add(each.get());
      }
    }

    assertThat(seen).hasSize(4).allSatisfy(each -> assertThat(each).hasSize(topics.all().size()));
  }

  /**
   * A producer whose first batch is refused since the partition has no leader yet, and whose second
   * is taken, is out of sequence for ever: its first batch can't be written any more.
   */
  @Test
  void createdTopicsTakeRecordsAtOnce(TestKafka kafka) throws Exception {
    var onlyTry = new HashMap<>(kafka.clientProperties());
    onlyTry.putAll(Map.of("enable.idempotence", false, "retries", 0));
    try (var admin = Admin.create(kafka.clientProperties());
        var producer =
            new KafkaProducer<>(onlyTry, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < 10; i++) {
        var requests = Topics.withPrefix(kafka.prefix() + i + ".").requests();
        setup(admin, true).prepare(List.of(requests));

        for (int partition = 0; partition < 3; partition++) {
          var record = new ProducerRecord<byte[], byte[]>(requests.name(), partition, null, null);
          assertThat(producer.send(record)).succeedsWithin(Duration.ofSeconds(60));
        }
      }
    }
  }

  @Test
  void everyProblemIsExplainedAtOnce(TestKafka kafka) {
    var topics = Topics.withPrefix(kafka.prefix());
    kafka.createTopics(
        List.of(
            topic(
                topics.lanes().name(),
                3,
                Map.of("retention.ms", "86400000", "max.message.bytes", "1048588")),
            topic(topics.jobs().name(), 2, Map.of("cleanup.policy", "delete")),
            topic(topics.batches().name(), 3, Map.of("retention.bytes", "1000000"))));
    try (var admin = Admin.create(kafka.clientProperties())) {

      assertThatThrownBy(() -> setup(admin, true).prepare(topics.all()))
          .isInstanceOfSatisfying(
              TopicProblems.class,
              e ->
                  assertThat(e.problems())
                      .anyMatch(p -> p.contains("llm.lanes keeps records for 1d"))
                      .anyMatch(p -> p.contains("llm.lanes takes records of up to 1048588 bytes"))
                      .anyMatch(p -> p.contains("llm.jobs has cleanup.policy=delete"))
                      .anyMatch(p -> p.contains("llm.batches has retention.bytes=1000000"))
                      .anyMatch(p -> p.contains("the numbers of partitions differ"))
                      .hasSize(5));
    }
  }

  @Test
  void topicsThatMayNotBeCreatedAreNamedWithTheCommand(TestKafka kafka) {
    var topics = Topics.withPrefix(kafka.prefix());
    try (var admin = Admin.create(kafka.clientProperties())) {

      assertThatThrownBy(() -> setup(admin, false).prepare(List.of(topics.lanes(), topics.jobs())))
          .isInstanceOf(TopicProblems.class)
          .hasMessageContaining(topics.lanes().name() + " is missing. Set topics.create to true")
          .hasMessageContaining(
              "kafka-topics.sh --create --topic "
                  + topics.jobs().name()
                  + " --partitions 3 --replication-factor 1 --config cleanup.policy=compact");
    }
  }

  @Test
  void moreReplicasThanBrokersAreAProblemOfTheTopic(TestKafka kafka) {
    var topics = Topics.withPrefix(kafka.prefix());
    var tooMany = new TopicRequirements(true, 3, (short) 3, THREE_WINDOWS, 9_000_000);
    try (var admin = Admin.create(kafka.clientProperties())) {

      assertThatThrownBy(
              () ->
                  new TopicSetup(admin, tooMany, Thread::sleep).prepare(List.of(topics.control())))
          .isInstanceOf(TopicProblems.class)
          .hasMessageContaining("llm.control can't be created")
          .hasMessageContaining("topics.replication-factor");
    }
  }

  @Test
  void aClusterThatIsAwayIsNoProblemOfTheTopics(TestKafka kafka) {
    var nowhere =
        Map.<String, Object>of(
            "bootstrap.servers",
            "127.0.0.1:1",
            "default.api.timeout.ms",
            "300",
            "request.timeout.ms",
            "200");
    try (var admin = Admin.create(nowhere)) {

      assertThatThrownBy(() -> setup(admin, true).prepare(Topics.withPrefix(kafka.prefix()).all()))
          .isInstanceOf(KafkaException.class);
    }
  }

  private static TopicSetup setup(Admin admin, boolean create) {
    return new TopicSetup(
        admin,
        new TopicRequirements(create, 3, (short) 1, THREE_WINDOWS, 9_000_000),
        Thread::sleep);
  }

  private static NewTopic topic(String name, int partitions, Map<String, String> settings) {
    return new NewTopic(name, partitions, (short) 1).configs(settings);
  }

  private static Map<String, Integer> partitions(Admin admin, Topics topics)
      throws InterruptedException, ExecutionException {
    return admin
        .describeTopics(topics.all().stream().map(TopicDefinition::name).toList())
        .allTopicNames()
        .get()
        .values()
        .stream()
        .collect(Collectors.toMap(TopicDescription::name, each -> each.partitions().size()));
  }

  private static Map<String, String> settings(Admin admin, TopicDefinition topic)
      throws InterruptedException, ExecutionException {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    return admin.describeConfigs(List.of(resource)).all().get().get(resource).entries().stream()
        .filter(entry -> entry.value() != null)
        .collect(Collectors.toMap(entry -> entry.name(), entry -> entry.value()));
  }
}
