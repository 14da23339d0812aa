package dev.offpeak.operations.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.operations.world.HandWrittenTopics;
import dev.offpeak.operations.world.SampleRecords;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Topics as services leave them, written by hand: everything in partition 0. */
final class CommandTopics implements AutoCloseable {

  private final TestKafka kafka;
  private final HandWrittenTopics written;

  CommandTopics(TestKafka kafka) {
    this.kafka = kafka;
    this.written = new HandWrittenTopics(kafka);
  }

  /** The file of a service, whose accounts these are. */
  String yaml(String accounts) {
    return """
    kafka: {bootstrap-servers: "%s"}
    registry: {url: "%s"}
    topics: {prefix: "%s"}
    accounts: {%s}
    """
        .formatted(kafka.bootstrapServers(), written.registry(), kafka.prefix(), accounts);
  }

  Topics topics() {
    return written.topics();
  }

  List<ConsumerRecord<byte[], byte[]>> written(TopicDefinition topic) {
    return kafka.read(topic.name());
  }

  /** What was asked for in llm.control. */
  List<ControlRecord> controls() {
    return written(topics().control()).stream()
        .map(
            record ->
                written
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
    return written.sendBytes(topics().requests(), "k", value.getBytes(UTF_8), headers(headers));
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
            .setFailedAt(SampleRecords.NOW)
            .setOriginal(ByteBuffer.wrap(original.getBytes(UTF_8)))
            .build();
    byte[] value =
        json
            ? new JsonOutcomes().failure(failure)
            : written
                .serdes()
                .serializer(LlmFailure.class)
                .serialize(topics().failures().name(), failure);
    written.sendBytes(topics().failures(), "k", value, headers("traceparent", "t"));
  }

  /** Records that are none of a topic's. */
  void foreign(TopicDefinition topic) {
    written.sendBytes(topic, "a", "not ours".getBytes(UTF_8), headers());
    written.sendBytes(topic, "b", null, headers());
    written.sendBytes(topic, "c", new byte[] {0, 0, 0, 0, 99, 1, 2}, headers());
    written.sendBytes(topic, "d", "{\0\0\0}".getBytes(UTF_8), headers());
    written.sendBytes(
        topic, null, "{\"offpeak\":{\"source_offset\":\"x\"}}".getBytes(UTF_8), headers());
  }

  long admitted(String customId, String tenant) {
    return written.send(
        topics().lanes(),
        SampleRecords.LANE,
        written.serdes().serializer(AdmittedRequest.class),
        SampleRecords.admitted(customId).setTenant(tenant).build());
  }

  void sealed(String batchId, long... positions) {
    written.send(
        topics().batches(),
        "scope",
        written.serdes().serializer(SealedBatch.class),
        SampleRecords.sealed(batchId, positions));
  }

  void job(String batchId, JobStateName state) {
    written.send(
        topics().jobs(),
        batchId,
        written.serdes().serializer(JobRecord.class),
        JobRecord.newBuilder()
            .setBatchId(batchId)
            .setBatchOffset(0)
            .setScope(SampleRecords.SCOPE)
            .setLane(SampleRecords.LANE)
            .setProvider("openai")
            .setAccount("main")
            .setEndpoint(SampleRecords.ENDPOINT)
            .setModel(SampleRecords.MODEL)
            .setRequests(1)
            .setBytes(1)
            .setEstimatedTokens(1)
            .setSealedAt(SampleRecords.NOW)
            .setState(state)
            .setSince(SampleRecords.NOW)
            .setEnded(state == JobStateName.ENDED ? EndedAs.COMPLETED : null)
            .build());
  }

  void control(ControlAction action, String account) {
    written.send(
        topics().control(),
        account,
        written.serdes().serializer(ControlRecord.class),
        ControlRecord.newBuilder()
            .setAction(action)
            .setAccount(account)
            .setIssuedAt(Instant.now())
            .build());
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
    written.close();
  }
}
