package dev.offpeak.results.shared.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.offpeak.runtime.failpoint.FailpointListener;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may publish for a partition, on a real broker. */
@WithKafka
class PublishSessionIT {

  private TestKafka kafka;
  private String results;
  private TopicPartition completions;
  private Admin admin;
  private KafkaConsumer<byte[], byte[]> member;

  @BeforeEach
  void start(TestKafka broker) {
    kafka = broker;
    results = kafka.createTopic("results", 1);
    completions = new TopicPartition(kafka.createTopic("completions", 1), 0);
    admin = Admin.create(kafka.clientProperties());
    Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
    properties.put("group.id", kafka.name("group"));
    properties.put("enable.auto.commit", false);
    member =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    member.subscribe(List.of(completions.topic()));
    while (member.assignment().isEmpty()) {
      member.poll(Duration.ofMillis(100));
    }
  }

  @AfterEach
  void stop() {
    member.close();
    admin.close();
  }

  @Test
  void anOwnerThatWasReplacedPublishesNothingMore() throws Exception {
    try (PublishSession zombie = open()) {
      zombie.progress().take(0);
      send(zombie, "first");
      zombie.progress().reach(0, 1);
      zombie.commit();
      send(zombie, "not any more");

      try (PublishSession owner = open()) {
        owner.progress().take(0);
        assertThat(owner.progress().next(0)).isEqualTo(1);
        assertThatThrownBy(zombie::commit).isInstanceOf(KafkaException.class);
        send(owner, "second");
        owner.progress().finish(0);
        owner.commit();
      }
    }

    assertPublished("first", "second");
    assertThat(committed().read(completions).position()).isEqualTo(1);
  }

  @Test
  void whatWasNotCommittedIsNeverSeenAndReadersNeedNotWait() throws Exception {
    try (PublishSession session = open()) {
      send(session, "aborted");
    }
    try (PublishSession session = open()) {
      send(session, "kept");
      session.commit();
    }

    assertPublished("kept");
  }

  @Test
  void aMemberThatHasLeftCommitsNothing() throws Exception {
    ConsumerGroupMetadata before = member.groupMetadata();
    try (PublishSession session =
        PublishSession.open(
            producer(), committed(), completions, () -> before, FailpointListener.nowhere())) {
      send(session, "unseen");
      member.unsubscribe();

      assertThatThrownBy(session::commit).isInstanceOf(KafkaException.class);
    }

    assertThat(published()).isEmpty();
  }

  private PublishSession open() throws InterruptedException {
    return PublishSession.open(
        producer(), committed(), completions, member::groupMetadata, FailpointListener.nowhere());
  }

  private CommittedProgress committed() {
    return new GroupProgress(admin, kafka.name("group"));
  }

  private Producer<byte[], byte[]> producer() {
    Map<String, Object> properties = new HashMap<>(kafka.clientProperties());
    properties.put("transactional.id", kafka.name("results-0"));
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private void send(PublishSession session, String value) {
    session.send(new ProducerRecord<>(results, value.getBytes(UTF_8)));
  }

  /** A commit returns before everybody can read its records. */
  private void assertPublished(String... values) {
    await()
        .atMost(Patience.LONG)
        .untilAsserted(() -> assertThat(published()).containsExactly(values));
  }

  private List<String> published() {
    return kafka.read(results).stream().map(record -> new String(record.value(), UTF_8)).toList();
  }
}
