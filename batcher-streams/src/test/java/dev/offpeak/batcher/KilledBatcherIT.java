package dev.offpeak.batcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmRequest;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.TopicDefinition;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.hostile.HostileRecord;
import dev.offpeak.testkit.hostile.HostileRecords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A batcher in a process of its own, killed twice while it is flooded with broken records of every
 * kind and good ones among them: each broken one is one failure, each good one is in one batch. The
 * long one, with the other services, is system-tests' HostileFloodIT.
 */
@WithKafka
@Execution(ExecutionMode.CONCURRENT)
class KilledBatcherIT {

  private static final int HOSTILE = 600;
  private static final int GOOD_EVERY = 20;
  private static final int GOOD = HOSTILE / GOOD_EVERY;
  private static final String MODEL = "gpt-5";
  private static final int REQUEST_BYTES = 1 << 20;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private TestKafka kafka;
  private Topics topics;
  private String registry;
  private SerdeFactory serdes;
  private Process process;

  @BeforeEach
  void start(TestKafka own) throws IOException {
    kafka = own;
    topics = Topics.withPrefix(own.prefix());
    registry = folder.resolve("registry").toUri().toString();
    serdes = SerdeFactory.of(Map.of("schema.registry.url", registry));
    Files.writeString(folder.resolve("batcher.yaml"), yaml());
    process = startProcess();
  }

  @AfterEach
  void stop() throws InterruptedException {
    process.destroyForcibly().waitFor();
    serdes.close();
  }

  @Test
  void everyBrokenRecordIsOneFailureAndEveryGoodOneInABatch() throws Exception {
    awaitTopics();
    send(0, HOSTILE / 2);
    kill();
    send(HOSTILE / 2, HOSTILE);
    int before = failures().size();
    await()
        .atMost(RunningBatcher.PATIENCE)
        .untilAsserted(() -> assertThat(failures()).hasSizeGreaterThan(before));
    kill();

    await()
        .atMost(RunningBatcher.PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(failures()).hasSizeGreaterThanOrEqualTo(HOSTILE);
              assertThat(batched()).isGreaterThanOrEqualTo(GOOD);
              assertThat(process.isAlive()).isTrue();
            });
    List<LlmFailure> failures = failures();
    assertThat(failures).hasSize(HOSTILE);
    assertThat(failures)
        .extracting(failure -> failure.getSourcePartition() + ":" + failure.getSourceOffset())
        .doesNotHaveDuplicates();
    assertThat(batched()).isEqualTo(GOOD);
  }

  /** The batcher makes them. */
  private void awaitTopics() {
    try (var admin = Admin.create(kafka.clientProperties())) {
      await()
          .atMost(RunningBatcher.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(admin.listTopics().names().get())
                      .contains(
                          topics.requests().name(),
                          topics.failures().name(),
                          topics.batches().name()));
    }
  }

  private void kill() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    process = startProcess();
  }

  private Process startProcess() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            BatcherMain.class.getName(),
            "--config",
            folder.resolve("batcher.yaml").toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  private Path log() {
    return folder.resolve("batcher.log");
  }

  private String yaml() {
    return """
    kafka:
      bootstrap-servers: "%s"
      # A killed one is not waited for as long as a frozen one is.
      properties: {session.timeout.ms: 6000, heartbeat.interval.ms: 500}
    registry: {url: "%s"}
    topics: {prefix: "%s", partitions: 2}
    http: {host: 127.0.0.1, port: 0}
    limits: {request-bytes: 1MiB}
    accounts:
      main: {provider: openai, models: ["gpt-*"]}
    batching: {linger: 1s}
    streams: {state-dir: "%s", threads: 1, commit-interval: 50ms, instance-id: killed}
    """
        .formatted(
            kafka.bootstrapServers(), registry, kafka.prefix(), folder.resolve("state").toString());
  }

  private void send(int from, int to) {
    HostileRecords records = new HostileRecords(avro(), MODEL, REQUEST_BYTES);
    String topic = topics.requests().name();
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.request.size", 8 << 20),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = from; i < to; i++) {
        HostileRecord record = records.get(i);
        var _ =
            producer.send(
                new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers()));
        if (i % GOOD_EVERY == 0) {
          String good = BatcherDriver.chatLine("good-" + i, "{\"model\":\"" + MODEL + "\"}");
          var _ = producer.send(new ProducerRecord<>(topic, good.getBytes(UTF_8)));
        }
      }
    }
  }

  private byte[] avro() {
    return serdes
        .serializer(LlmRequest.class)
        .serialize(
            topics.requests().name(),
            LlmRequest.newBuilder()
                .setCustomId("avro")
                .setEndpoint("/v1/chat/completions")
                .setBody(ByteBuffer.wrap(("{\"model\":\"" + MODEL + "\"}").getBytes(UTF_8)))
                .setLabels(Map.of("team", "x"))
                .build());
  }

  private List<LlmFailure> failures() {
    return read(topics.failures(), LlmFailure.class);
  }

  private int batched() {
    return read(topics.batches(), SealedBatch.class).stream()
        .mapToInt(SealedBatch::getRequests)
        .sum();
  }

  private <T extends SpecificRecord> List<T> read(TopicDefinition topic, Class<T> type) {
    var deserializer = serdes.deserializer(type);
    return kafka.read(topic.name()).stream()
        .map(record -> deserializer.deserialize(topic.name(), record.value()))
        .toList();
  }
}
