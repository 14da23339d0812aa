package dev.offpeak.batcher.stage;

import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.outcome.FailureKind;
import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.FailedAs;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.record.FittingFailures;
import dev.offpeak.schemas.record.SendableRecord;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Makes the records of llm.failures. */
public final class FailureRecords {

  private final FittingFailures failures;

  /**
   * Failures in that format.
   *
   * @param maxRecordBytes the largest record that a producer may send
   */
  public FailureRecords(Function<LlmFailure, byte[]> format, int maxRecordBytes) {
    this.failures = new FittingFailures(format, maxRecordBytes);
  }

  /**
   * The failure of a request, with the user's own key and headers and the original bytes, as far as
   * a record can hold them.
   */
  Record<byte[], byte[]> of(
      Rejection rejection,
      byte @Nullable [] key,
      byte @Nullable [] original,
      Headers headers,
      long now) {
    byte[] bytes = original == null ? new byte[0] : original;
    SendableRecord fitted = failures.fit(failure(rejection, bytes, now), key, headers);
    return new Record<>(fitted.key(), fitted.value(), now, fitted.headers());
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
            Math.max(0, request.getAttempt() - 1),
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

  private static LlmFailure.Builder failure(Rejection rejection, byte[] original, long now) {
    FailureCode code = rejection.code();
    Rejection.Route route = rejection.route();
    LlmFailure.Builder failure =
        LlmFailure.newBuilder()
            .setCustomId(rejection.customId())
            .setTenant(rejection.tenant())
            .setLabels(rejection.labels())
            .setCode(code.id())
            .setMessage(rejection.message())
            .setKind(dev.offpeak.schemas.avro.FailureKind.valueOf(kind(code).name()))
            .setOutcome(outcome(rejection))
            .setRetryable(code.isRetryable())
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
    return failure;
  }

  /** Who can do something about it; a record that comes in is not the provider's. */
  private static FailureKind kind(FailureCode code) {
    return code == FailureCode.UNPROCESSABLE_RECORD ? FailureKind.YOUR_INPUT : code.kind();
  }

  /** A first attempt never reached a provider; a retry ends as its last attempt did. */
  private static FailedAs outcome(Rejection rejection) {
    if (rejection.code() == FailureCode.BATCH_CANCELLED) {
      return FailedAs.CANCELED;
    }
    return rejection.attempts() == 0 ? FailedAs.REJECTED : FailedAs.ERRORED;
  }
}
