package dev.offpeak.batcher.run;

import dev.offpeak.schemas.topic.RefusedSend;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a record that its topic refuses. It can't be left out: with it an outcome would
 * be lost, and Kafka aborts the transaction that it is part of anyway. So the thread fails and does
 * its work again, and health names the topic and the command that mends it. Made by Kafka Streams.
 */
public final class RefusedSends implements ProductionExceptionHandler {

  private static final String FAILURES = "offpeak.thread-failures";

  private @Nullable ThreadFailures failures;

  /** Made by Kafka Streams. */
  public RefusedSends() {}

  /** The properties by which Kafka Streams makes one that tells those. */
  public static Map<String, Object> properties(ThreadFailures failures) {
    return Map.of(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
        RefusedSends.class,
        FAILURES,
        failures);
  }

  @Override
  public void configure(Map<String, ?> properties) {
    failures = (ThreadFailures) properties.get(FAILURES);
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
    String words = RefusedSend.words(record.topic(), length(record), exception);
    if (words != null) {
      Objects.requireNonNull(failures, "configure comes before records").refused(words);
    }
    return Response.fail();
  }

  private static long length(ProducerRecord<byte[], byte[]> record) {
    return (long) length(record.key()) + length(record.value());
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
