package dev.offpeak.operations.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.request.OffpeakHeaders;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** The requests behind records of llm.failures. */
final class FailedRequests {

  private final Deserializer<LlmFailure> failures;
  private final Set<String> codes;

  /**
   * @param codes that are meant; empty for every failure that is worth sending again
   */
  FailedRequests(Deserializer<LlmFailure> failures, Set<String> codes) {
    this.failures = failures;
    this.codes = Set.copyOf(codes);
  }

  /** The request as it was sent, or null when its failure is not meant. */
  @Nullable Original of(ConsumerRecord<byte[], byte[]> record) {
    LlmFailure failure = failures.deserialize(record.topic(), record.value());
    boolean meant = codes.isEmpty() ? failure.getRetryable() : codes.contains(failure.getCode());
    if (!meant || !failure.getOriginal().hasRemaining()) {
      return null;
    }
    byte[] value = new byte[failure.getOriginal().remaining()];
    failure.getOriginal().duplicate().get(value);
    return new Original(record.key(), value, headers(record.headers(), failure));
  }

  /** A failure carries the user's headers; what Offpeak's own said stands in its fields. */
  private static Headers headers(Headers ofFailure, LlmFailure failure) {
    Headers headers = new RecordHeaders();
    ofFailure.forEach(
        header -> {
          if (!header.key().startsWith(OffpeakHeaders.PREFIX)) {
            headers.add(header);
          }
        });
    headers.add(OffpeakHeaders.TENANT, failure.getTenant().getBytes(UTF_8));
    failure
        .getLabels()
        .forEach(
            (label, value) ->
                headers.add(OffpeakHeaders.LABEL_PREFIX + label, value.getBytes(UTF_8)));
    if ("gemini".equals(failure.getProvider()) && failure.getModel() != null) {
      headers.add(OffpeakHeaders.MODEL, failure.getModel().getBytes(UTF_8));
    }
    return headers;
  }
}
