package dev.offpeak.batcher.stage;

import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.outcome.FailureKind;
import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.FailedAs;
import dev.offpeak.schemas.avro.LlmFailure;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Makes the records of llm.failures. */
public final class FailureRecords {

  private final Function<LlmFailure, byte[]> format;
  private final int maxRecordBytes;

  /**
   * Failures in that format.
   *
   * @param maxRecordBytes the largest record that a producer may send
   */
  public FailureRecords(Function<LlmFailure, byte[]> format, int maxRecordBytes) {
    this.format = format;
    this.maxRecordBytes = maxRecordBytes;
  }

  /**
   * The failure of a request, with the user's own key and headers. It holds the original bytes,
   * unless they are more than a record may hold.
   */
  Record<byte[], byte[]> of(
      Rejection rejection,
      byte @Nullable [] key,
      byte @Nullable [] original,
      Headers headers,
      long now) {
    byte[] bytes = original == null ? new byte[0] : original;
    byte[] value = format.apply(failure(rejection, rejection.message(), bytes, now));
    if (!RecordSize.fits(key, value, headers, maxRecordBytes)) {
      String message =
          String.format(
              Locale.ROOT,
              "%s (its %,d bytes do not fit into a failure record; they stand at partition %d,"
                  + " offset %d of the requests)",
              rejection.message(),
              bytes.length,
              rejection.sourcePartition(),
              rejection.sourceOffset());
      value = format.apply(failure(rejection, message, new byte[0], now));
    }
    return new Record<>(key, value, now, headers);
  }

  /**
   * The failure of a request that was admitted before: one that assembly or a retry's admission
   * refuses.
   *
   * @param wrapped headers as they stand in llm.lanes
   */
  Record<byte[], byte[]> ofAdmitted(
      AdmittedRequest request, FailureCode code, String message, Headers wrapped, long now) {
    Rejection rejection =
        new Rejection(
            code,
            message,
            request.getCustomId(),
            request.getTenant(),
            request.getLabels(),
            request.getAttempt() - 1,
            new Rejection.Route(
                request.getProvider(),
                request.getAccount(),
                request.getEndpoint(),
                request.getModel()),
            request.getSourcePartition(),
            request.getSourceOffset());
    ByteBuffer original = request.getOriginal();
    byte[] bytes = new byte[original.remaining()];
    original.duplicate().get(bytes);
    return of(rejection, LaneHeaders.key(wrapped), bytes, LaneHeaders.headers(wrapped), now);
  }

  private static LlmFailure failure(
      Rejection rejection, String message, byte[] original, long now) {
    FailureCode code = rejection.code();
    Rejection.Route route = rejection.route();
    LlmFailure.Builder failure =
        LlmFailure.newBuilder()
            .setCustomId(rejection.customId())
            .setTenant(rejection.tenant())
            .setLabels(rejection.labels())
            .setCode(code.id())
            .setMessage(message)
            .setKind(dev.offpeak.schemas.avro.FailureKind.valueOf(code.kind().name()))
            .setOutcome(outcome(rejection))
            .setRetryable(code.kind() == FailureKind.RETRYABLE)
            .setAttempts(rejection.attempts())
            .setSourcePartition(rejection.sourcePartition())
            .setSourceOffset(rejection.sourceOffset())
            .setFailedAt(Instant.ofEpochMilli(now))
            .setOriginal(ByteBuffer.wrap(original));
    if (route != null) {
      failure
          .setProvider(route.provider())
          .setAccount(route.account())
          .setEndpoint(route.endpoint())
          .setModel(route.model());
    }
    return failure.build();
  }

  /** A first attempt never reached a provider; a retry ends as its last attempt did. */
  private static FailedAs outcome(Rejection rejection) {
    if (rejection.code() == FailureCode.BATCH_CANCELLED) {
      return FailedAs.CANCELED;
    }
    return rejection.attempts() == 0 ? FailedAs.REJECTED : FailedAs.ERRORED;
  }
}
