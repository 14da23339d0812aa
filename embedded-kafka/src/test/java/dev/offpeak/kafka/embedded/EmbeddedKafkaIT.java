package dev.offpeak.kafka.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The limits are those of a test that hangs, not of a machine that is slow. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class EmbeddedKafkaIT {

  private static final String TOPIC = "letters";

  @TempDir Path folder;

  @Test
  void transactionsWorkAndOnlyCommittedRecordsAreRead() throws Exception {
    try (var kafka = EmbeddedKafka.start(BrokerOptions.in(folder))) {
      // Given
      createTopic(kafka.bootstrapServers());

      // When
      produce(kafka.bootstrapServers(), "committed", true);
      produce(kafka.bootstrapServers(), "aborted", false);

      // Then
      awaitValues(kafka, "committed");
    }
  }

  @Test
  void startsAgainOnTheSameFolderAndPortWithItsData() throws Exception {
    // Given
    BrokerOptions options;
    try (var kafka = EmbeddedKafka.start(BrokerOptions.in(folder))) {
      options = kafka.options();
      createTopic(kafka.bootstrapServers());
      produce(kafka.bootstrapServers(), "kept", true);
    }

    // When
    try (var kafka = EmbeddedKafka.start(options)) {

      // Then
      assertThat(kafka.options().port()).isEqualTo(options.port());
      awaitValues(kafka, "kept");
    }
  }

  @Test
  void recoversWhatAKilledProcessWrote() throws Exception {
    // Given
    var process = startKilledBroker();
    try {
      var servers = addressOf(process.inputReader());
      createTopic(servers);
      produce(servers, "survivor", true);
    } finally {
      process.destroyForcibly().waitFor();
    }

    // When
    try (var kafka = EmbeddedKafka.start(BrokerOptions.in(folder))) {

      // Then
      awaitValues(kafka, "survivor");
      produce(kafka.bootstrapServers(), "written after", true);
      awaitValues(kafka, "survivor", "written after");
    }
  }

  @Test
  void namesTheFolderAndPortWhenThePortIsTaken() throws Exception {
    try (var taken = new ServerSocket(0)) {
      var options = BrokerOptions.in(folder).withPort(taken.getLocalPort());

      assertThatThrownBy(() -> EmbeddedKafka.start(options))
          .isInstanceOf(BrokerFailedToStart.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining(Integer.toString(taken.getLocalPort()));
    }
  }

  @Test
  void refusesAFolderThatAnotherBrokerUsesAndLeavesThatOneAlone() throws Exception {
    try (var first = EmbeddedKafka.start(BrokerOptions.in(folder))) {
      assertThatThrownBy(() -> EmbeddedKafka.start(BrokerOptions.in(folder)))
          .isInstanceOf(BrokerFailedToStart.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("in use by another broker");

      createTopic(first.bootstrapServers());
      produce(first.bootstrapServers(), "undisturbed", true);
      awaitValues(first, "undisturbed");
      assertThat(first.failure().toCompletableFuture()).isNotDone();
    }
  }

  /** Kafka answers a commit before all consumers may see what it committed, hence the wait. */
  private static void awaitValues(EmbeddedKafka kafka, String... expected) {
    await()
        .atMost(Duration.ofMinutes(5))
        .untilAsserted(
            () -> assertThat(readAll(kafka.bootstrapServers())).containsExactly(expected));
  }

  private Process startKilledBroker() throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            KilledBroker.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static String addressOf(BufferedReader output) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("listening ")) {
        return line.substring("listening ".length());
      }
    }
    throw new AssertionError("the broker process ended before it listened");
  }

  private static void createTopic(String servers) throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  private static void produce(String servers, String value, boolean commit) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", servers, "transactional.id", "producer-of-" + value);
    try (var producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(TOPIC, value));
      producer.flush();
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  private static List<String> readAll(String servers) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", servers,
            "isolation.level", "read_committed",
            "auto.offset.reset", "earliest");
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      var partitions =
          consumer.partitionsFor(TOPIC).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      var values = new ArrayList<String>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
      }
      return values;
    }
  }
}
