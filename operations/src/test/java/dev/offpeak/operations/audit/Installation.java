package dev.offpeak.operations.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.seal.Manifest;
import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.ClusterConfig;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.config.RegistryConfig;
import dev.offpeak.runtime.config.TopicsConfig;
import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.DroppedDuplicate;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.SealedBecause;
import dev.offpeak.schemas.avro.Tokens;
import dev.offpeak.schemas.outcome.JsonOutcomes;
import dev.offpeak.schemas.topic.TopicDefinition;
import dev.offpeak.testkit.broker.TestKafka;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;

/** Topics of an installation, written by hand: everything in partition 0. */
final class Installation implements AutoCloseable {

  private static final Instant ADMITTED = Instant.parse("2026-11-24T10:00:00Z");

  private final TestKafka kafka;
  private final Cluster cluster;
  private final Producer<byte[], byte[]> producer;

  Installation(TestKafka kafka) {
    this.kafka = kafka;
    this.cluster =
        new Cluster(
            new ClusterConfig(
                KafkaConfig.at(kafka.bootstrapServers()),
                RegistryConfig.at("mock://" + kafka.prefix()),
                new TopicsConfig(kafka.prefix(), 1, 1, false)));
    this.producer = cluster.producer(ByteSize.parse("1MiB"));
    for (TopicDefinition topic : cluster.topics().all()) {
      kafka.createTopic(topic.name().substring(kafka.prefix().length()), 1);
    }
  }

  Cluster cluster() {
    return cluster;
  }

  /** A request; answers with its offset. */
  long request() {
    return send(cluster.topics().requests(), "{}".getBytes(UTF_8));
  }

  /** The request of that offset stands in llm.lanes; answers with its position. */
  long admitted(long source, int attempt) {
    return send(
        cluster.topics().lanes(),
        cluster.serdes().serializer(AdmittedRequest.class),
        admittedRequest(source, attempt));
  }

  /** The request of that offset comes again from results-service. */
  void retried(long source, int attempt) {
    send(
        cluster.topics().retries(),
        cluster.serdes().serializer(AdmittedRequest.class),
        admittedRequest(source, attempt));
  }

  private static SealedBatch batch(long... positions) {
    return SealedBatch.newBuilder()
        .setBatchId("b")
        .setScope("openai|main|m")
        .setLane("openai|main|/v1/chat/completions|m")
        .setProvider("openai")
        .setAccount("main")
        .setEndpoint("/v1/chat/completions")
        .setModel("m")
        .setLanePartition(0)
        .setPositions(ByteBuffer.wrap(Manifest.of(0, positions).encode()))
        .setRequests(positions.length)
        .setBytes(1)
        .setEstimatedTokens(1)
        .setReason(SealedBecause.LINGER)
        .setOpenedAt(ADMITTED)
        .setSealedAt(ADMITTED)
        .build();
  }

  /** That position is to be called synchronously; answers with the offset in llm.urgent. */
  long urgent(long position) {
    return send(
        cluster.topics().urgent(), cluster.serdes().serializer(SealedBatch.class), batch(position));
  }

  /** Calls of llm.urgent up to that offset are published. */
  void calledUpTo(long offset) {
    commit("offpeak-results-urgent", cluster.topics().urgent(), offset);
  }

  /** These positions make a batch whose outcomes are published. */
  void published(long... positions) {
    long offset =
        send(
            cluster.topics().batches(),
            cluster.serdes().serializer(SealedBatch.class),
            batch(positions));
    long ended =
        send(
            cluster.topics().completions(),
            cluster.serdes().serializer(JobEnded.class),
            JobEnded.newBuilder()
                .setBatchId("b")
                .setBatchPartition(0)
                .setBatchOffset(offset)
                .setScope("openai|main|m")
                .setLane("openai|main|/v1/chat/completions|m")
                .setProvider("openai")
                .setAccount("main")
                .setBaseUrl("")
                .setEndpoint("/v1/chat/completions")
                .setModel("m")
                .setRequests(positions.length)
                .setEnded(EndedAs.COMPLETED)
                .setEndedAt(ADMITTED)
                .build());
    commit("offpeak-results", cluster.topics().completions(), ended + 1);
  }

  void answered(long source) {
    send(cluster.topics().results(), cluster.serdes().serializer(LlmResult.class), result(source));
  }

  void answeredInJson(long source) {
    send(cluster.topics().results(), new JsonOutcomes().result(result(source)));
  }

  void dropped(long source, long position) {
    send(
        cluster.topics().duplicates(),
        cluster.serdes().serializer(DroppedDuplicate.class),
        DroppedDuplicate.newBuilder()
            .setCustomId("c")
            .setTenant("acme")
            .setLane("l")
            .setLanePartition(0)
            .setOffset(position)
            .setFirstOffset(0)
            .setSourcePartition(0)
            .setSourceOffset(source)
            .setDroppedAt(ADMITTED)
            .build());
  }

  /** Admission has read llm.requests up to that offset. */
  void admissionAt(long offset) {
    commit("offpeak-batcher", cluster.topics().requests(), offset);
  }

  private static AdmittedRequest admittedRequest(long source, int attempt) {
    return AdmittedRequest.newBuilder()
        .setCustomId("c" + source)
        .setTenant("acme")
        .setAttempt(attempt)
        .setProvider("openai")
        .setAccount("main")
        .setEndpoint("/v1/chat/completions")
        .setModel("m")
        .setAdmittedAt(ADMITTED)
        .setSourcePartition(0)
        .setSourceOffset(source)
        .setEstimatedTokens(1)
        .setBodyHash(0)
        .setCompactLength(2)
        .setBodyStart(0)
        .setBodyLength(2)
        .setOriginal(ByteBuffer.wrap("{}".getBytes(UTF_8)))
        .build();
  }

  private static LlmResult result(long source) {
    return LlmResult.newBuilder()
        .setCustomId("c" + source)
        .setTenant("acme")
        .setProvider("openai")
        .setAccount("main")
        .setEndpoint("/v1/chat/completions")
        .setModel("m")
        .setStatusCode(200)
        .setBody(ByteBuffer.wrap("{\"tenant\":\"decoy\"}".getBytes(UTF_8)))
        .setBatchId("b")
        .setProviderJobId("job")
        .setAttempt(1)
        .setUsage(Tokens.newBuilder().build())
        .setAdmittedAt(ADMITTED)
        .setCompletedAt(ADMITTED)
        .setSourcePartition(0)
        .setSourceOffset(source)
        .build();
  }

  private <T> long send(TopicDefinition topic, Serializer<T> writer, T value) {
    return send(topic, writer.serialize(topic.name(), value));
  }

  private long send(TopicDefinition topic, byte[] value) {
    try {
      return producer
          .send(new ProducerRecord<>(topic.name(), 0, "k".getBytes(UTF_8), value))
          .get()
          .offset();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void commit(String service, TopicDefinition topic, long offset) {
    try (Admin admin = Admin.create(kafka.clientProperties())) {
      admin
          .alterConsumerGroupOffsets(
              kafka.name(service),
              Map.of(new TopicPartition(topic.name(), 0), new OffsetAndMetadata(offset)))
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    producer.close();
    cluster.close();
  }
}
