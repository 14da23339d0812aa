package dev.offpeak.batcher.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.batcher.admit.Admission;
import dev.offpeak.batcher.admit.AdmissionRequest;
import dev.offpeak.batcher.admit.AdmissionVerdict;
import dev.offpeak.batcher.admit.BodyDigest;
import dev.offpeak.batcher.lane.LaneRules;
import dev.offpeak.batcher.metric.BatcherMetrics;
import dev.offpeak.batcher.wire.LaneFields;
import dev.offpeak.batcher.wire.LaneWriter;
import dev.offpeak.core.control.ControlState;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.schemas.record.Clip;
import dev.offpeak.schemas.record.RecordSize;
import dev.offpeak.schemas.request.LineOutline;
import dev.offpeak.schemas.request.OffpeakHeaders;
import dev.offpeak.schemas.request.RequestDecoder;
import dev.offpeak.schemas.request.RequestDecoding.Decoded;
import dev.offpeak.schemas.request.RequestDecoding.Undecodable;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * llm.requests to llm.lanes or llm.failures: each record is decoded, checked and routed, and
 * becomes exactly one record of one of them. Keeps no state.
 */
public final class AdmissionStage extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

  /** What the sizing of topics and producers allows on top of a request (ClientProperties). */
  private static final int ADDED = 64 << 10;

  private final RequestDecoder decoder;
  private final Admission admission;
  private final LaneWriter writer;
  private final FailureRecords failures;
  private final BatcherMetrics metrics;
  private final Clock clock;
  private final int maxRecordBytes;
  private final BodyDigest digest = new BodyDigest();
  private @Nullable ControlState control;

  /**
   * A stage of one task.
   *
   * @param maxRecordBytes the largest record that may be written to llm.lanes
   */
  public AdmissionStage(
      RequestDecoder decoder,
      Admission admission,
      LaneWriter writer,
      FailureRecords failures,
      BatcherMetrics metrics,
      Clock clock,
      int maxRecordBytes) {
    this.decoder = decoder;
    this.admission = admission;
    this.writer = writer;
    this.failures = failures;
    this.metrics = metrics;
    this.clock = clock;
    this.maxRecordBytes = maxRecordBytes;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    super.init(context);
    control = context.<ControlStore>getStateStore(TopologyNode.CONTROL_STATE).state();
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Header oversized = record.headers().lastHeader(OffpeakHeaders.OVERSIZED);
    if (oversized != null) {
      rejectOversized(record, oversized);
      return;
    }
    switch (decoder.decode(record.value(), record.headers())) {
      case Undecodable bad -> reject(record, bad);
      case Decoded request -> decide(record, request);
    }
  }

  private void decide(Record<byte[], byte[]> record, Decoded request) {
    long size = RecordSize.content(record.key(), record.value(), record.headers());
    if (size > maxRecordBytes - ADDED) {
      reject(record, request, FailureCode.REQUEST_TOO_LARGE, tooLarge(size));
      return;
    }
    digest.read(record.value(), request.bodyStart(), request.bodyLength());
    AdmissionRequest ask =
        new AdmissionRequest(
            request.shape(),
            request.endpoint(),
            request.model(),
            request.tenant(),
            request.account(),
            request.deadline(),
            request.inputs(),
            request.edition(),
            request.sampling());
    Instant now = clock.instant();
    ControlState current = Objects.requireNonNull(control, "init comes before process");
    admission.avoid(current.version(), current::avoidedUntil, now);
    switch (admission.decide(ask, digest.compactLength(), now)) {
      case AdmissionVerdict.Rejected(var code, var message) ->
          reject(record, request, code, message);
      case AdmissionVerdict.Admitted admitted -> admit(record, request, admitted, now);
    }
  }

  private void admit(
      Record<byte[], byte[]> record,
      Decoded request,
      AdmissionVerdict.Admitted admitted,
      Instant now) {
    LaneRules rules = admitted.rules();
    RecordMetadata source = source();
    byte[] value =
        writer.write(
            new LaneFields(
                request,
                1,
                rules.lane(),
                now,
                source.partition(),
                source.offset(),
                admitted.tokens(),
                digest.hash(),
                digest.compactLength()),
            record.value());
    long time = LaneTime.of(record.timestamp(), now.toEpochMilli());
    Headers headers = LaneHeaders.wrap(record.headers(), record.key(), record.timestamp(), time);
    if (RecordSize.of(rules.id().get(), value, headers) > maxRecordBytes) {
      long size = RecordSize.content(rules.id().get(), value, headers);
      reject(record, request, FailureCode.REQUEST_TOO_LARGE, tooLarge(size));
      return;
    }
    context().forward(new Record<>(rules.id().get(), value, time, headers), TopologyNode.TO_LANES);
    metrics.admitted();
  }

  /** Only the beginning of it was read: it may be what a few bytes have unpacked to. */
  private void rejectOversized(Record<byte[], byte[]> record, Header size) {
    byte[] value = record.value();
    RecordMetadata source = source();
    String message =
        String.format(
            Locale.ROOT,
            "the key or value of the record at partition %d, offset %d of the requests unpacks to"
                + " %s bytes; limits.request-bytes allows %,d: make it smaller or raise the limit",
            source.partition(),
            source.offset(),
            size.value() == null ? "too many" : Clip.text(new String(size.value(), UTF_8), 20),
            maxRecordBytes - ADDED);
    forward(
        new Rejection(
            FailureCode.REQUEST_TOO_LARGE,
            message,
            value == null ? null : LineOutline.of(ByteBuffer.wrap(value)).customId(),
            OffpeakHeaders.DEFAULT_TENANT,
            Map.of(),
            0,
            null,
            source.partition(),
            source.offset()),
        record,
        null);
  }

  private void reject(Record<byte[], byte[]> record, Undecodable bad) {
    reject(record, bad.code(), bad.message(), bad.customId(), bad.tenant(), bad.labels(), null);
  }

  private void reject(
      Record<byte[], byte[]> record, Decoded request, FailureCode code, String message) {
    reject(
        record,
        code,
        message,
        request.customId(),
        request.tenant(),
        request.labels(),
        new Rejection.Route(
            request.shape().home().id(), request.account(), request.endpoint(), request.model()));
  }

  private void reject(
      Record<byte[], byte[]> record,
      FailureCode code,
      String message,
      @Nullable String customId,
      String tenant,
      Map<String, String> labels,
      Rejection.@Nullable Route route) {
    RecordMetadata source = source();
    forward(
        new Rejection(
            code, message, customId, tenant, labels, 0, route, source.partition(), source.offset()),
        record,
        record.value());
  }

  private void forward(
      Rejection rejection, Record<byte[], byte[]> record, byte @Nullable [] original) {
    context()
        .forward(
            failures.of(rejection, record.key(), original, record.headers(), clock.millis()),
            TopologyNode.REJECTED);
    metrics.rejected(rejection.code());
  }

  private String tooLarge(long size) {
    return String.format(
        Locale.ROOT,
        "the record comes to %,d bytes with its key and headers; limits.request-bytes allows %,d:"
            + " make it smaller or raise the limit",
        size,
        maxRecordBytes - ADDED);
  }

  /** Where the record comes from; always known while a record is processed. */
  private RecordMetadata source() {
    return context().recordMetadata().orElseThrow();
  }
}
