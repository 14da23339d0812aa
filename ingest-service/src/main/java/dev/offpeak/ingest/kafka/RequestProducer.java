package dev.offpeak.ingest.kafka;

import dev.offpeak.ingest.config.ProducerSettings;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.kafka.ClientProperties;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the producer: nothing is written twice, and an acknowledged record is on all replicas. */
public final class RequestProducer {

  private static final int LINGER_MILLIS = 5;
  private static final Duration LONGEST_CALL = Duration.ofSeconds(30);

  private RequestProducer() {}

  /** Connects in the background; a cluster that is away shows when something is sent. */
  public static Producer<byte[], byte[]> connect(
      KafkaConfig kafka, ProducerSettings settings, ByteSize largestRequest) {
    return new KafkaProducer<>(
        properties(kafka, settings, largestRequest),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  static Map<String, Object> properties(
      KafkaConfig kafka, ProducerSettings settings, ByteSize largestRequest) {
    int timeout = Math.toIntExact(settings.deliveryTimeout().toMillis());
    var all = ClientProperties.producer(kafka, "offpeak-ingest", largestRequest);
    all.put(
        ProducerConfig.COMPRESSION_TYPE_CONFIG,
        settings.compression().name().toLowerCase(Locale.ROOT));
    all.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    // The shared default has room for two of the largest records, and is not gone below.
    all.merge(
        ProducerConfig.BUFFER_MEMORY_CONFIG,
        settings.bufferBytes().bytes(),
        (least, wished) -> Math.max(((Number) least).longValue(), ((Number) wished).longValue()));
    all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
    all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) timeout);
    // A call must fit twice, so that there is a second try within the delivery timeout.
    all.put(
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        (int) Math.min(LONGEST_CALL.toMillis(), (timeout - LINGER_MILLIS) / 2));
    return all;
  }
}
