package dev.offpeak.operations.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.world.HandWrittenTopics;
import dev.offpeak.operations.world.SampleRecords;
import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.DroppedDuplicate;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.Tokens;
import dev.offpeak.schemas.outcome.JsonOutcomes;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.testkit.broker.TestKafka;
import java.nio.ByteBuffer;
import java.util.List;

/** What an audit reads, written by hand. */
final class AuditedTopics implements AutoCloseable {

  private static final String KEY = "k";

  private final HandWrittenTopics written;

  AuditedTopics(TestKafka kafka) {
    this.written = new HandWrittenTopics(kafka);
  }

  Cluster cluster() {
    return written.cluster();
  }

  private Topics topics() {
    return written.topics();
  }

  /** A request; answers with its offset. */
  long request() {
    return written.sendBytes(topics().requests(), KEY, "{}".getBytes(UTF_8), List.of());
  }

  /** The request of that offset stands in llm.lanes; answers with its position. */
  long admitted(long source, int attempt) {
    return written.send(
        topics().lanes(),
        KEY,
        written.serdes().serializer(AdmittedRequest.class),
        admittedRequest(source, attempt));
  }

  /** The request of that offset comes again from results-service. */
  void retried(long source, int attempt) {
    written.send(
        topics().retries(),
        KEY,
        written.serdes().serializer(AdmittedRequest.class),
        admittedRequest(source, attempt));
  }

  /** That position is to be called synchronously; answers with the offset in llm.urgent. */
  long urgent(long position) {
    return written.send(
        topics().urgent(),
        KEY,
        written.serdes().serializer(SealedBatch.class),
        SampleRecords.sealed("b", position));
  }

  /** Calls of llm.urgent up to that offset are published. */
  void calledUpTo(long offset) {
    written.commit("offpeak-results-urgent", topics().urgent(), offset);
  }

  /** These positions make a batch whose outcomes are published. */
  void published(long... positions) {
    long offset =
        written.send(
            topics().batches(),
            KEY,
            written.serdes().serializer(SealedBatch.class),
            SampleRecords.sealed("b", positions));
    long ended =
        written.send(
            topics().completions(),
            KEY,
            written.serdes().serializer(JobEnded.class),
            JobEnded.newBuilder()
                .setBatchId("b")
                .setBatchPartition(0)
                .setBatchOffset(offset)
                .setScope(SampleRecords.SCOPE)
                .setLane(SampleRecords.LANE)
                .setProvider("openai")
                .setAccount("main")
                .setBaseUrl("")
                .setEndpoint(SampleRecords.ENDPOINT)
                .setModel(SampleRecords.MODEL)
                .setRequests(positions.length)
                .setEnded(EndedAs.COMPLETED)
                .setEndedAt(SampleRecords.NOW)
                .build());
    written.commit("offpeak-results", topics().completions(), ended + 1);
  }

  void answered(long source) {
    written.send(
        topics().results(), KEY, written.serdes().serializer(LlmResult.class), result(source));
  }

  void answeredInJson(long source) {
    written.sendBytes(
        topics().results(), KEY, new JsonOutcomes().result(result(source)), List.of());
  }

  void dropped(long source, long position) {
    written.send(
        topics().duplicates(),
        KEY,
        written.serdes().serializer(DroppedDuplicate.class),
        DroppedDuplicate.newBuilder()
            .setCustomId("c")
            .setTenant("acme")
            .setLane("l")
            .setLanePartition(0)
            .setOffset(position)
            .setFirstOffset(0)
            .setSourcePartition(0)
            .setSourceOffset(source)
            .setDroppedAt(SampleRecords.NOW)
            .build());
  }

  /** Admission has read llm.requests up to that offset. */
  void admissionAt(long offset) {
    written.commit("offpeak-batcher", topics().requests(), offset);
  }

  private static AdmittedRequest admittedRequest(long source, int attempt) {
    return SampleRecords.admitted("c" + source).setAttempt(attempt).setSourceOffset(source).build();
  }

  private static LlmResult result(long source) {
    return LlmResult.newBuilder()
        .setCustomId("c" + source)
        .setTenant("acme")
        .setProvider("openai")
        .setAccount("main")
        .setEndpoint(SampleRecords.ENDPOINT)
        .setModel(SampleRecords.MODEL)
        .setStatusCode(200)
        .setBody(ByteBuffer.wrap("{\"tenant\":\"decoy\"}".getBytes(UTF_8)))
        .setBatchId("b")
        .setProviderJobId("job")
        .setAttempt(1)
        .setUsage(Tokens.newBuilder().build())
        .setAdmittedAt(SampleRecords.NOW)
        .setCompletedAt(SampleRecords.NOW)
        .setSourcePartition(0)
        .setSourceOffset(source)
        .build();
  }

  @Override
  public void close() {
    written.close();
  }
}
