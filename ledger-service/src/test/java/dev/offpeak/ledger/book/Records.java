package dev.offpeak.ledger.book;

import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.FailedAs;
import dev.offpeak.schemas.avro.FailureKind;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.SealedBecause;
import dev.offpeak.schemas.avro.Tokens;
import dev.offpeak.schemas.avro.UsageMode;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;

/** Records of an installation, as they stand in its topics. */
public final class Records implements AutoCloseable {

  public static final Instant NOON = Instant.parse("2026-11-24T12:20:00Z");

  private final SerdeFactory serdes =
      SerdeFactory.of(Map.of("schema.registry.url", "mock://ledger-" + System.nanoTime()));
  private final Topics topics = Topics.withPrefix("");

  public Topics topics() {
    return topics;
  }

  public SerdeFactory serdes() {
    return serdes;
  }

  public static Tokens tokens(long input, long output) {
    return Tokens.newBuilder().setInput(input).setOutput(output).build();
  }

  /** Of 10 requests, 1,000 tokens in and 100 out; half of what it would have cost. */
  public static UsageRecord.Builder usage(String team, String model) {
    return UsageRecord.newBuilder()
        .setRecordedAt(NOON)
        .setTenant("acme")
        .setTeam(team)
        .setFeature("tagging")
        .setProvider("openai")
        .setAccount("openai")
        .setEndpoint("/v1/chat/completions")
        .setModel(model)
        .setBatchId("B1")
        .setMode(UsageMode.BATCH)
        .setRequests(10)
        .setUsage(tokens(1000, 100))
        .setCostPicoUsd(1_000_000_000_001L)
        .setSyncCostPicoUsd(2_000_000_000_002L);
  }

  public static LlmResult.Builder result(String customId) {
    return LlmResult.newBuilder()
        .setCustomId(customId)
        .setTenant("acme")
        .setLabels(Map.of("team", "search"))
        .setProvider("openai")
        .setAccount("openai")
        .setEndpoint("/v1/chat/completions")
        .setModel("gpt-4o-mini")
        .setStatusCode(200)
        .setBody(ByteBuffer.wrap(new byte[] {'{', '}'}))
        .setBatchId("B1")
        .setProviderJobId("batch_1")
        .setAttempt(1)
        .setUsage(tokens(100, 10))
        .setCostPicoUsd(5L)
        .setSyncCostPicoUsd(10L)
        .setAdmittedAt(NOON.minusSeconds(60))
        .setCompletedAt(NOON)
        .setSourcePartition(0)
        .setSourceOffset(7);
  }

  public static LlmFailure.Builder failure(String customId, String code) {
    return LlmFailure.newBuilder()
        .setCustomId(customId)
        .setTenant("acme")
        .setLabels(Map.of())
        .setCode(code)
        .setMessage("no <b>good</b>")
        .setKind(FailureKind.YOUR_INPUT)
        .setOutcome(FailedAs.REJECTED)
        .setRetryable(false)
        .setAttempts(0)
        .setSourcePartition(0)
        .setSourceOffset(8)
        .setFailedAt(NOON)
        .setOriginal(ByteBuffer.wrap(new byte[0]));
  }

  public static JobRecord.Builder job(String batchId, JobStateName state) {
    JobRecord.Builder job =
        JobRecord.newBuilder()
            .setBatchId(batchId)
            .setBatchOffset(0)
            .setScope("openai|openai|gpt-4o-mini")
            .setLane("openai|openai|/v1/chat/completions|gpt-4o-mini")
            .setProvider("openai")
            .setAccount("openai")
            .setEndpoint("/v1/chat/completions")
            .setModel("gpt-4o-mini")
            .setRequests(10)
            .setBytes(1000)
            .setEstimatedTokens(300)
            .setSealedAt(NOON.minusSeconds(50))
            .setState(state)
            .setSince(NOON)
            .setProviderJobId("batch_1")
            .setProviderStatus("in_progress")
            .setDone(4);
    return state == JobStateName.ENDED ? job.setEnded(EndedAs.COMPLETED) : job;
  }

  public static SealedBatch batch(String batchId) {
    return SealedBatch.newBuilder()
        .setBatchId(batchId)
        .setScope("openai|openai|gpt-4o-mini")
        .setLane("openai|openai|/v1/chat/completions|gpt-4o-mini")
        .setProvider("openai")
        .setAccount("openai")
        .setEndpoint("/v1/chat/completions")
        .setModel("gpt-4o-mini")
        .setLanePartition(0)
        .setPositions(ByteBuffer.wrap(new byte[0]))
        .setRequests(10)
        .setBytes(1000)
        .setEstimatedTokens(300)
        .setReason(SealedBecause.LINGER)
        .setOpenedAt(NOON.minusSeconds(60))
        .setSealedAt(NOON.minusSeconds(50))
        .build();
  }

  /** These, one behind the other in partition 0 of the topic. */
  public Slice slice(String topic, long from, Object... values) {
    List<byte[]> all = new ArrayList<>();
    for (Object value : values) {
      all.add(bytes(topic, value));
    }
    return slice(topic, from, all);
  }

  public Slice slice(String topic, long from, List<byte[]> values) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (byte[] value : values) {
      records.add(new ConsumerRecord<>(topic, 0, from + records.size(), new byte[0], value));
    }
    return new Slice(new TopicPartition(topic, 0), from, from + values.size(), records);
  }

  /** Any record of ours. */
  @SuppressWarnings({"rawtypes", "unchecked"})
  public byte[] bytes(String topic, Object value) {
    Serializer writer = serdes.serializer((Class) value.getClass());
    return writer.serialize(topic, value);
  }

  @Override
  public void close() {
    serdes.close();
  }
}
