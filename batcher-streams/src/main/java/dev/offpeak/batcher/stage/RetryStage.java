package dev.offpeak.batcher.stage;

import dev.offpeak.batcher.admit.Admission;
import dev.offpeak.batcher.admit.AdmissionRequest;
import dev.offpeak.batcher.admit.AdmissionVerdict;
import dev.offpeak.batcher.admit.AdmissionVerdict.Admitted;
import dev.offpeak.batcher.admit.AdmissionVerdict.Rejected;
import dev.offpeak.batcher.metric.BatcherMetrics;
import dev.offpeak.batcher.wire.PlausibleRequest;
import dev.offpeak.core.lane.Edition;
import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.LineShape;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.request.EditionHeaders;
import java.time.Clock;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * llm.retries to llm.lanes or llm.failures: a request that comes back with its next attempt goes to
 * its account again, or to another that takes it when its own is gone. Keeps no state.
 */
public final class RetryStage extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

  private final StageFormats formats;
  private final Admission admission;
  private final FailureRecords failures;
  private final BatcherMetrics metrics;
  private final Clock clock;

  /** A stage of one task. */
  public RetryStage(
      StageFormats formats,
      Admission admission,
      FailureRecords failures,
      BatcherMetrics metrics,
      Clock clock) {
    this.formats = formats;
    this.admission = admission;
    this.failures = failures;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    AdmittedRequest request = formats.admitted().apply(record.value());
    PlausibleRequest.check(request);
    Instant now = clock.instant();
    Edition edition = edition(request, record.headers());
    switch (decide(request, edition, now)) {
      case Rejected(FailureCode code, String message) -> {
        context()
            .forward(
                failures.ofAdmitted(request, code, message, record.headers(), now.toEpochMilli()),
                TopologyNode.REJECTED);
        metrics.rejected(code);
      }
      case Admitted admitted -> {
        context().forward(retried(record, request, admitted, now), TopologyNode.TO_LANES);
        metrics.retried();
      }
    }
  }

  private static Edition edition(AdmittedRequest request, Headers headers) {
    return shape(request).hasEditions() ? EditionHeaders.admitted(headers) : Edition.USUAL;
  }

  private static LineShape shape(AdmittedRequest request) {
    return LineShape.ofEndpoint(request.getEndpoint());
  }

  private AdmissionVerdict decide(AdmittedRequest request, Edition edition, Instant now) {
    AdmissionVerdict same =
        admission.decide(ask(request, edition, true), request.getCompactLength(), now);
    boolean accountGone =
        same instanceof Rejected(var code, var message)
            && (code == FailureCode.UNKNOWN_ACCOUNT
                || code == FailureCode.UNKNOWN_MODEL
                || code == FailureCode.UNSUPPORTED_ENDPOINT);
    return accountGone
        ? admission.decide(ask(request, edition, false), request.getCompactLength(), now)
        : same;
  }

  private static AdmissionRequest ask(
      AdmittedRequest request, Edition edition, boolean sameAccount) {
    return new AdmissionRequest(
        shape(request),
        request.getEndpoint(),
        request.getModel(),
        request.getTenant(),
        sameAccount ? request.getAccount() : null,
        request.getDeadline(),
        request.getInputs(),
        edition,
        null);
  }

  private Record<byte[], byte[]> retried(
      Record<byte[], byte[]> record, AdmittedRequest request, Admitted admitted, Instant now) {
    Lane lane = admitted.rules().lane();
    byte[] value =
        lane.account().equals(request.getAccount())
            ? record.value()
            : formats
                .readmitted()
                .apply(
                    AdmittedRequest.newBuilder(request)
                        .setProvider(lane.provider().id())
                        .setAccount(lane.account())
                        .build());
    return new Record<>(
        admitted.rules().id().get(),
        value,
        LaneTime.of(record.timestamp(), now.toEpochMilli()),
        record.headers());
  }
}
