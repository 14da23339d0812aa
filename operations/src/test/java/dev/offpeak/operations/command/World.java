package dev.offpeak.operations.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.seal.Manifest;
import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.ClusterConfig;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.config.RegistryConfig;
import dev.offpeak.runtime.config.TopicsConfig;
import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.FailedAs;
import dev.offpeak.schemas.avro.FailureKind;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.SealedBecause;
import dev.offpeak.schemas.outcome.JsonOutcomes;
import dev.offpeak.schemas.topic.TopicDefinition;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.testkit.broker.TestKafka;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Topics as services leave them, written by hand: everything in partition 0. */
final class World implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
  static final String LANE = "openai|main|/v1/chat/completions|gpt-4o-mini";

  private final TestKafka kafka;
  private final Cluster cluster;
  private final Producer<byte[], byte[]> producer;

  World(TestKafka kafka) {
    this.kafka = kafka;
    this.cluster =
        new Cluster(
            new ClusterConfig(
                KafkaConfig.at(kafka.bootstrapServers()),
                RegistryConfig.at(registry()),
                new TopicsConfig(kafka.prefix(), 1, 1, false)));
    this.producer = cluster.producer(ByteSize.parse("1MiB"));
    for (TopicDefinition topic : topics().all()) {
      kafka.createTopic(topic.name().substring(kafka.prefix().length()), 1);
    }
  }

  /** The file of a service, whose accounts these are. */
  String yaml(String accounts) {
    return """
    kafka: {bootstrap-servers: "%s"}
    registry: {url: "%s"}
    topics: {prefix: "%s"}
    accounts: {%s}
    """
        .formatted(kafka.bootstrapServers(), registry(), kafka.prefix(), accounts);
  }

  private String registry() {
    return "mock://" + kafka.prefix();
  }

  Topics topics() {
    return cluster.topics();
  }

  List<ConsumerRecord<byte[], byte[]>> written(TopicDefinition topic) {
    return kafka.read(topic.name());
  }

  /** What was asked for in llm.control. */
  List<ControlRecord> controls() {
    return written(topics().control()).stream()
        .map(
            record ->
                cluster
                    .serdes()
                    .deserializer(ControlRecord.class)
                    .deserialize(record.topic(), record.value()))
        .toList();
  }

  static String line(String customId) {
    return "{\"custom_id\":\""
        + customId
        + "\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\","
        + "\"body\":{\"model\":\"gpt-4o-mini\",\"messages\":[]}}";
  }

  long request(String value, String... headers) {
    return send(topics().requests(), "k", value.getBytes(UTF_8), headers(headers));
  }

  /** The request as it failed, in JSON or Avro. */
  void failed(String original, FailureCode code, boolean retryable, boolean json) {
    LlmFailure failure =
        LlmFailure.newBuilder()
            .setCustomId("c")
            .setTenant("acme")
            .setLabels(Map.of("team", "red"))
            .setCode(code.name().toLowerCase(Locale.ROOT))
            .setMessage("it failed")
            .setKind(FailureKind.RETRYABLE)
            .setOutcome(FailedAs.ERRORED)
            .setRetryable(retryable)
            .setAttempts(1)
            .setProvider(original.contains("\"request\"") ? "gemini" : "openai")
            .setModel(original.contains("\"request\"") ? "gemini-2.5-flash" : "gpt-4o-mini")
            .setSourcePartition(0)
            .setSourceOffset(0)
            .setFailedAt(NOW)
            .setOriginal(ByteBuffer.wrap(original.getBytes(UTF_8)))
            .build();
    byte[] value =
        json
            ? new JsonOutcomes().failure(failure)
            : cluster
                .serdes()
                .serializer(LlmFailure.class)
                .serialize(topics().failures().name(), failure);
    send(topics().failures(), "k", value, headers("traceparent", "t"));
  }

  /** Records that are none of a topic's. */
  void foreign(TopicDefinition topic) {
    send(topic, "a", "not ours".getBytes(UTF_8), headers());
    send(topic, "b", null, headers());
    send(topic, "c", new byte[] {0, 0, 0, 0, 99, 1, 2}, headers());
    send(topic, "d", "{\0\0\0}".getBytes(UTF_8), headers());
    send(topic, null, "{\"offpeak\":{\"source_offset\":\"x\"}}".getBytes(UTF_8), headers());
  }

  long admitted(String customId, String tenant) {
    return sendAs(
        topics().lanes(),
        LANE,
        cluster.serdes().serializer(AdmittedRequest.class),
        AdmittedRequest.newBuilder()
            .setCustomId(customId)
            .setTenant(tenant)
            .setAttempt(1)
            .setProvider("openai")
            .setAccount("main")
            .setEndpoint("/v1/chat/completions")
            .setModel("gpt-4o-mini")
            .setAdmittedAt(NOW)
            .setSourcePartition(0)
            .setSourceOffset(0)
            .setEstimatedTokens(1)
            .setBodyHash(0)
            .setCompactLength(2)
            .setBodyStart(0)
            .setBodyLength(2)
            .setOriginal(ByteBuffer.wrap("{}".getBytes(UTF_8)))
            .build());
  }

  void sealed(String batchId, long... positions) {
    sendAs(
        topics().batches(),
        "scope",
        cluster.serdes().serializer(SealedBatch.class),
        SealedBatch.newBuilder()
            .setBatchId(batchId)
            .setScope("openai|main|gpt-4o-mini")
            .setLane(LANE)
            .setProvider("openai")
            .setAccount("main")
            .setEndpoint("/v1/chat/completions")
            .setModel("gpt-4o-mini")
            .setLanePartition(0)
            .setPositions(ByteBuffer.wrap(Manifest.of(0, positions).encode()))
            .setRequests(positions.length)
            .setBytes(1)
            .setEstimatedTokens(1)
            .setReason(SealedBecause.LINGER)
            .setOpenedAt(NOW)
            .setSealedAt(NOW)
            .build());
  }

  void job(String batchId, JobStateName state) {
    sendAs(
        topics().jobs(),
        batchId,
        cluster.serdes().serializer(JobRecord.class),
        JobRecord.newBuilder()
            .setBatchId(batchId)
            .setBatchOffset(0)
            .setScope("openai|main|gpt-4o-mini")
            .setLane(LANE)
            .setProvider("openai")
            .setAccount("main")
            .setEndpoint("/v1/chat/completions")
            .setModel("gpt-4o-mini")
            .setRequests(1)
            .setBytes(1)
            .setEstimatedTokens(1)
            .setSealedAt(NOW)
            .setState(state)
            .setSince(NOW)
            .setEnded(state == JobStateName.ENDED ? EndedAs.COMPLETED : null)
            .build());
  }

  void control(ControlAction action, String account) {
    sendAs(
        topics().control(),
        account,
        cluster.serdes().serializer(ControlRecord.class),
        ControlRecord.newBuilder().setAction(action).setAccount(account).setIssuedAt(NOW).build());
  }

  private <T> long sendAs(TopicDefinition topic, String key, Serializer<T> writer, T value) {
    return send(topic, key, writer.serialize(topic.name(), value), headers());
  }

  private long send(
      TopicDefinition topic, @Nullable String key, byte @Nullable [] value, List<Header> headers) {
    try {
      byte[] bytes = key == null ? null : key.getBytes(UTF_8);
      return producer
          .send(new ProducerRecord<>(topic.name(), 0, bytes, value, headers))
          .get()
          .offset();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<Header> headers(String... pairs) {
    List<Header> headers = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      headers.add(new RecordHeader(pairs[i], pairs[i + 1].getBytes(UTF_8)));
    }
    return headers;
  }

  @Override
  public void close() {
    producer.close();
    cluster.close();
  }
}
