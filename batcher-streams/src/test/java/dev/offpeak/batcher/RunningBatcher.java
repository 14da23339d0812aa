package dev.offpeak.batcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.runtime.config.load.ConfigLoader;
import dev.offpeak.runtime.health.CheckResult;
import dev.offpeak.runtime.health.Health;
import dev.offpeak.runtime.lifecycle.ServiceContext;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.TopicDefinition;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.time.Patience;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A batcher on a real broker, started and stopped at will, with a client of its topics. */
final class RunningBatcher implements AutoCloseable {

  /** Busy machines are slow; nothing waits longer than it must. */
  static final Duration PATIENCE = Patience.LONG;

  final Topics topics;
  final SerdeFactory serdes;
  final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final TestKafka kafka;
  private final BatcherConfig config;
  private final KafkaProducer<byte[], byte[]> producer;
  private Health health = new Health();
  private @Nullable BatcherService service;

  /**
   * A batcher that is not started.
   *
   * @param batching the settings under {@code batching}
   */
  RunningBatcher(TestKafka kafka, Path folder, String registry, String batching) {
    this.kafka = kafka;
    this.topics = Topics.withPrefix(kafka.prefix());
    this.config = config(kafka, folder, registry, batching);
    this.serdes = SerdeFactory.of(config.registry().serdeProperties());
    this.producer =
        new KafkaProducer<>(
            kafka.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static BatcherConfig config(
      TestKafka kafka, Path folder, String registry, String batching) {
    String yaml =
        """
        kafka: {bootstrap-servers: "%s"}
        registry: {url: "%s"}
        topics: {prefix: "%s", partitions: 2}
        accounts:
          main: {provider: openai, models: ["gpt-*"], limits: {max-requests: 4}}
          claude: {provider: anthropic}
          gem: {provider: gemini, models: ["gemini-*"]}
        batching: {%s}
        streams: {state-dir: "%s", threads: 1, commit-interval: 50ms}
        """
            .formatted(
                kafka.bootstrapServers(),
                registry,
                kafka.prefix(),
                batching,
                folder.resolve("state"));
    try {
      Path file = Files.writeString(folder.resolve("batcher.yaml"), yaml);
      return ConfigLoader.load(BatcherConfig.class, file, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it and waits until it works. */
  void start() {
    startOnly();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(health.readiness().entries())
                    .allMatch(entry -> entry.result() instanceof CheckResult.Ok));
    assertThat(health.liveness().isOk()).isTrue();
  }

  /** Starts it, which may not succeed. */
  void startOnly() {
    health = new Health();
    service =
        BatcherModule.create(
            config, ServiceContext.ofSystem(health, new SimpleMeterRegistry(), failure::set));
    service.start();
  }

  Health health() {
    return health;
  }

  void stop() {
    if (service != null) {
      service.close();
    }
  }

  String group() {
    return config.applicationId();
  }

  /** Writes a value to llm.requests, in this order within one partition. */
  void request(String value) {
    request(value.getBytes(UTF_8), new RecordHeaders());
  }

  void request(byte[] value, Headers headers) {
    send(topics.requests(), "key".getBytes(UTF_8), value, headers);
  }

  /** Writes a value to llm.requests without a key. */
  void keyless(String value) {
    send(topics.requests(), null, value.getBytes(UTF_8), new RecordHeaders());
  }

  /** Asks for every open batch to be sealed. */
  void flush() {
    control(ControlRecord.newBuilder().setAction(ControlAction.FLUSH));
  }

  /** Asks for the requests of that id to be cancelled that are not sealed yet. */
  void cancel(String customId) {
    control(ControlRecord.newBuilder().setAction(ControlAction.CANCEL).setCustomId(customId));
  }

  private void control(ControlRecord.Builder command) {
    ControlRecord record = command.setIssuedAt(Instant.now()).build();
    String topic = topics.control().name();
    byte[] value = serdes.serializer(ControlRecord.class).serialize(topic, record);
    send(topics.control(), "*".getBytes(UTF_8), value, new RecordHeaders());
  }

  private void send(TopicDefinition topic, byte @Nullable [] key, byte[] value, Headers headers) {
    var _ = producer.send(new ProducerRecord<>(topic.name(), null, key, value, headers));
    producer.flush();
  }

  List<ConsumerRecord<byte[], byte[]>> read(TopicDefinition topic) {
    return kafka.read(topic.name());
  }

  /** All values of a topic, each partition in order. */
  <T extends SpecificRecord> List<T> read(TopicDefinition topic, Class<T> type) {
    var deserializer = serdes.deserializer(type);
    List<T> values = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : read(topic)) {
      values.add(deserializer.deserialize(topic.name(), record.value()));
    }
    return values;
  }

  /** Waits for that many requests in sealed batches and returns the batches. */
  List<SealedBatch> batchesOf(int requests) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        read(topics.batches(), SealedBatch.class).stream()
                            .mapToInt(SealedBatch::getRequests)
                            .sum())
                    .isEqualTo(requests));
    return read(topics.batches(), SealedBatch.class);
  }

  @Override
  public void close() {
    stop();
    producer.close();
    serdes.close();
  }
}
