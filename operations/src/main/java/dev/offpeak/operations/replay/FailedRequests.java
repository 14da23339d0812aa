package dev.offpeak.operations.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.operations.outcome.OutcomeLine;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.request.OffpeakHeaders;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** The requests behind records of llm.failures, Avro or JSON ({@code outputs.format}). */
final class FailedRequests {

  private final Deserializer<LlmFailure> failures;
  private final Set<String> codes;
  private final ReplayCount count;

  /**
   * @param codes that are meant; empty for every failure that is worth sending again
   * @param count told of those that are not meant
   */
  FailedRequests(Deserializer<LlmFailure> failures, Set<String> codes, ReplayCount count) {
    this.failures = failures;
    this.codes = Set.copyOf(codes);
    this.count = count;
  }

  /** What a failure says in either form; the model only where a header must name it. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Failed(
      String code,
      boolean retryable,
      String tenant,
      Map<String, String> labels,
      @Nullable String model,
      byte[] original) {}

  /**
   * The request as it was sent, or null when its failure is not meant.
   *
   * @throws org.apache.kafka.common.errors.SerializationException when the record is no failure
   */
  @Nullable OriginalRequest of(ConsumerRecord<byte[], byte[]> record) {
    Failed failed = OutcomeLine.isOne(record.value()) ? json(record) : avro(record);
    count.meet(SeenNames.Kind.CODE, failed.code());
    boolean meant = codes.isEmpty() ? failed.retryable() : codes.contains(failed.code());
    if (!meant) {
      count.addOtherCode();
      return null;
    }
    if (failed.original().length == 0) {
      count.addUnsendable("the failure does not hold the request that was sent");
      return null;
    }
    return new OriginalRequest(
        record.key(),
        failed.original(),
        headers(record.headers(), failed),
        OriginalRequest.place(record));
  }

  private static Failed json(ConsumerRecord<byte[], byte[]> record) {
    OutcomeLine line = OutcomeLine.read(record.value());
    return new Failed(
        line.code(),
        line.retryable(),
        line.tenant(),
        line.labels(),
        line.gemini() ? line.model() : null,
        line.original());
  }

  private Failed avro(ConsumerRecord<byte[], byte[]> record) {
    LlmFailure failure = failures.deserialize(record.topic(), record.value());
    byte[] original = new byte[failure.getOriginal().remaining()];
    failure.getOriginal().duplicate().get(original);
    return new Failed(
        failure.getCode(),
        failure.getRetryable(),
        failure.getTenant(),
        failure.getLabels(),
        "gemini".equals(failure.getProvider()) ? failure.getModel() : null,
        original);
  }

  /** A failure carries the user's headers; what Offpeak's own said stands in its fields. */
  private static Headers headers(Headers ofFailure, Failed failed) {
    Headers headers = new RecordHeaders();
    ofFailure.forEach(
        header -> {
          if (!header.key().startsWith(OffpeakHeaders.PREFIX)) {
            headers.add(header);
          }
        });
    headers.add(OffpeakHeaders.TENANT, failed.tenant().getBytes(UTF_8));
    failed
        .labels()
        .forEach(
            (label, value) ->
                headers.add(OffpeakHeaders.LABEL_PREFIX + label, value.getBytes(UTF_8)));
    if (failed.model() != null) {
      headers.add(OffpeakHeaders.MODEL, failed.model().getBytes(UTF_8));
    }
    return headers;
  }
}
