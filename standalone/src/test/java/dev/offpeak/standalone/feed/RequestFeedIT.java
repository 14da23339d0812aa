package dev.offpeak.standalone.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.kafka.ClientProperties;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.standalone.input.Place;
import dev.offpeak.standalone.state.CannotRun;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@WithKafka
class RequestFeedIT {

  private static final int LINE_LIMIT = 1_000;

  @TempDir Path folder;

  private final SerdeFactory serdes =
      SerdeFactory.of(Map.of("schema.registry.url", "mock://request-feed"));
  private TestKafka kafka;
  private String requests;
  private String failures;

  @BeforeEach
  void topics(TestKafka kafka) {
    this.kafka = kafka;
    requests = kafka.createTopic("requests", 2);
    failures = kafka.createTopic("failures", 1);
  }

  @Test
  void everyLineIsARecordWithItsPlaceAsKeyAndItsBytesAsValue() throws IOException {
    Path file = Files.writeString(folder.resolve("in"), "{\"a\": 1}\r\n\n\u0001 no JSON");

    feed(file, Long.MAX_VALUE);

    assertThat(lines()).containsExactly("0:1={\"a\": 1}\r", "0:3=\u0001 no JSON");
    assertThat(committed()).isEqualTo(new FeedPosition(3, 1, LINE_LIMIT));
    assertThat(kafka.read(requests))
        .extracting(record -> record.headers().lastHeader("offpeak-model").value())
        .containsOnly("gemini-2.5-flash".getBytes(UTF_8));
  }

  @Test
  void aLineThatNoRecordCanHoldIsAFailureThatNamesIt() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("in"),
            "short\n{\"custom_id\":\"big-" + "x".repeat(1_001 - 18) + "\nlast");

    feed(file, Long.MAX_VALUE);

    assertThat(lines()).containsExactly("0:1=short", "0:3=last");
    await().atMost(Patience.LONG).untilAsserted(() -> assertThat(kafka.read(failures)).hasSize(1));
    ConsumerRecord<byte[], byte[]> record = kafka.read(failures).getFirst();
    LlmFailure failure =
        serdes.deserializer(LlmFailure.class).deserialize(failures, record.value());
    assertThat(new String(record.key(), UTF_8)).isEqualTo("0:2");
    assertThat(failure.getCode()).isEqualTo("request_too_large");
    assertThat(failure.getMessage()).contains("is 1,001 bytes long").contains("1,000");
    assertThat(failure.getOriginal().remaining()).isPositive();
  }

  @Test
  void aLineThatWouldBeTakenForAvroIsAFailureAtOnce() throws IOException {
    feed(Files.writeString(folder.resolve("in"), "\u0000abc\n{}"), Long.MAX_VALUE);

    assertThat(lines()).containsExactly("0:2={}");
    LlmFailure failure =
        serdes
            .deserializer(LlmFailure.class)
            .deserialize(failures, kafka.read(failures).getFirst().value());
    assertThat(failure.getCode()).isEqualTo("malformed_record");
    assertThat(failure.getMessage()).contains("NUL");
  }

  @Test
  void whatAKilledRunHadReadIsNotReadAgainAndWhatItHadNotCommittedIs() throws IOException {
    Path file = Files.writeString(folder.resolve("in"), "line\n".repeat(12_000));
    feed(file, 5_000);
    leaveATransactionOpen();

    feed(file, Long.MAX_VALUE);

    assertThat(lines()).hasSize(12_000).doesNotHaveDuplicates();
    assertThat(committed()).isEqualTo(new FeedPosition(12_000, 0, LINE_LIMIT));
  }

  @Test
  void anInputThatHasShrunkIsRefused() throws IOException {
    feed(Files.writeString(folder.resolve("in"), "1\n2\n3\n"), Long.MAX_VALUE);
    Path shorter = Files.writeString(folder.resolve("in"), "1\n2\n");

    assertThatExceptionOfType(CannotRun.class)
        .isThrownBy(() -> feed(shorter, Long.MAX_VALUE))
        .withMessageContaining("--again");
  }

  /** Feeds until that many lines are read. */
  private void feed(Path file, long stopAt) throws IOException {
    TopicPartition key = RequestFeed.progressKey(requests);
    try (Producer<byte[], byte[]> producer = producer();
        Consumer<byte[], byte[]> group = group()) {
      producer.initTransactions();
      OffsetAndMetadata before = group.committed(Set.of(key)).get(key);
      RequestFeed feed =
          new RequestFeed(
              List.of(file),
              List.of(new RecordHeader("offpeak-model", "gemini-2.5-flash".getBytes(UTF_8))),
              LINE_LIMIT,
              requests,
              failures,
              serdes.serializer(LlmFailure.class),
              group.groupMetadata(),
              Clock.systemUTC());
      FeedPosition[] read = {FeedPosition.START};
      feed.run(
          producer,
          FeedPosition.of(before),
          position -> read[0] = position,
          () -> read[0].lines() >= stopAt);
    }
  }

  private void leaveATransactionOpen() {
    Producer<byte[], byte[]> killed = producer();
    killed.initTransactions();
    killed.beginTransaction();
    var _ = killed.send(new ProducerRecord<>(requests, "5001".getBytes(UTF_8), new byte[] {1}));
    killed.flush();
    killed.close(Duration.ZERO);
  }

  private List<String> lines() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long all = committed().requests();
    await()
        .atMost(Patience.LONG)
        .untilAsserted(
            () -> {
              records.clear();
              records.addAll(kafka.read(requests));
              assertThat(records.size() + kafka.read(failures).size()).isEqualTo((int) all);
            });
    return records.stream()
        .sorted(Comparator.comparing(record -> Place.of(record.key()).line()))
        .map(record -> new String(record.key(), UTF_8) + "=" + new String(record.value(), UTF_8))
        .toList();
  }

  private FeedPosition committed() {
    TopicPartition key = RequestFeed.progressKey(requests);
    try (Consumer<byte[], byte[]> group = group()) {
      return FeedPosition.of(group.committed(Set.of(key)).get(key));
    }
  }

  private KafkaConfig cluster() {
    return KafkaConfig.at(kafka.bootstrapServers());
  }

  private Producer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        ClientProperties.transactionalProducer(
            cluster(), "feed", kafka.name("feed"), ByteSize.parse("8MiB")),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private Consumer<byte[], byte[]> group() {
    return new KafkaConsumer<>(
        ClientProperties.consumer(cluster(), "feed", kafka.name("feed")),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
