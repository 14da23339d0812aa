package dev.offpeak.batcher.stage;

import dev.offpeak.batcher.metric.BatcherMetrics;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.record.RecordFault;
import dev.offpeak.schemas.request.OffpeakHeaders;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a record that a stage can't work on, whichever stage and whatever it threw: when
 * the record is to blame it ends in llm.failures and the next one is read. Else the thread fails
 * and begins again at the last commit. Made by Kafka Streams.
 */
public final class UnprocessableStageRecords implements ProcessingExceptionHandler {

  private static final Logger LOGGER = LoggerFactory.getLogger(UnprocessableStageRecords.class);
  private static final String PARTS = "offpeak.unprocessable";

  /** Kafka's constant for it is deprecated from the start: in its release 5 it is always so. */
  private static final String GLOBAL_TOO = "processing.exception.handler.global.enabled";

  private @Nullable Parts parts;

  /**
   * What it works with.
   *
   * @param requests name of llm.requests
   * @param control name of llm.control, whose records are nobody's requests
   * @param failures name of llm.failures
   * @param formats makes formats; may ask the registry
   * @param maxRecordBytes the largest record that a producer may send
   */
  public record Parts(
      String requests,
      String control,
      String failures,
      Supplier<StageFormats> formats,
      int maxRecordBytes,
      BatcherMetrics metrics,
      Clock clock) {}

  /** Made by Kafka Streams. */
  public UnprocessableStageRecords() {}

  /** The properties by which Kafka Streams makes one with these parts. */
  public static Map<String, Object> properties(Parts parts) {
    return Map.of(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
        UnprocessableStageRecords.class,
        GLOBAL_TOO,
        true,
        // The assignor makes a StreamsConfig of its consumer's properties, which warns without it.
        StreamsConfig.mainConsumerPrefix(GLOBAL_TOO),
        true,
        PARTS,
        parts);
  }

  @Override
  public void configure(Map<String, ?> properties) {
    parts = (Parts) properties.get(PARTS);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, @Nullable Record<?, ?> record, Exception exception) {
    // Without a record it is a clock's turn that failed.
    if (record == null || !RecordFault.isOnRecord(exception)) {
      return Response.fail();
    }
    Parts own = Objects.requireNonNull(parts, "configure comes before records");
    LOGGER
        .atWarn()
        .addKeyValue("topic", context.topic())
        .addKeyValue("partition", context.partition())
        .addKeyValue("offset", context.offset())
        .addKeyValue("reason", RecordFault.words(exception))
        .log("a record can't be processed and is passed over");
    if (context.topic().equals(own.control())) {
      return Response.resume();
    }
    Record<byte[], byte[]> failure = failure(own, context, record, exception);
    own.metrics().rejected(FailureCode.UNPROCESSABLE_RECORD);
    return Response.resume(
        List.of(
            new ProducerRecord<>(
                own.failures(),
                null,
                failure.timestamp(),
                failure.key(),
                failure.value(),
                failure.headers())));
  }

  private static Record<byte[], byte[]> failure(
      Parts own, ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
    StageFormats formats = own.formats().get();
    FailureRecords failures = new FailureRecords(formats.failure(), own.maxRecordBytes());
    String message =
        RecordFault.message(context.topic(), context.partition(), context.offset(), exception);
    byte[] key = (byte[]) record.key();
    byte[] value = (byte[]) record.value();
    long now = own.clock().millis();
    if (context.topic().equals(own.requests())) {
      Rejection why = rejection(message, context.partition(), context.offset());
      return failures.of(why, key, value, record.headers(), now);
    }
    AdmittedRequest request = admitted(formats, value);
    if (request != null) {
      return failures.ofAdmitted(
          request, FailureCode.UNPROCESSABLE_RECORD, message, record.headers(), now);
    }
    return failures.of(
        rejection(message, -1, -1),
        LaneHeaders.key(record.headers()),
        value,
        LaneHeaders.headers(record.headers()),
        now);
  }

  private static Rejection rejection(String message, int partition, long offset) {
    return new Rejection(
        FailureCode.UNPROCESSABLE_RECORD,
        message,
        null,
        OffpeakHeaders.DEFAULT_TENANT,
        Map.of(),
        0,
        null,
        partition,
        offset);
  }

  /** The request of a record of ours that says something impossible; null when it is not ours. */
  private static @Nullable AdmittedRequest admitted(StageFormats formats, byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    try {
      return formats.admitted().apply(value);
    } catch (RuntimeException e) {
      if (!RecordFault.isOnRecord(e)) {
        throw e;
      }
      return null;
    }
  }
}
