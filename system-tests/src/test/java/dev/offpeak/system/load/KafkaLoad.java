package dev.offpeak.system.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.schemas.request.OffpeakHeaders;
import dev.offpeak.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A user's own producer: writes requests to Kafka and counts what was not taken. */
public final class KafkaLoad implements AutoCloseable {

  /** Less than any provider's window, and more than any test. */
  private static final Duration SOON = Duration.ofHours(6);

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic = Topics.withPrefix("").requests().name();
  private final AtomicInteger errors = new AtomicInteger();

  /** Connects with a patience that outlasts a broker's restart. */
  public KafkaLoad(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "acks", "all",
                "linger.ms", 5,
                "delivery.timeout.ms", 600_000,
                "max.block.ms", 600_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Sends a request; an error is counted. */
  public void send(Question question) {
    send(record(question));
  }

  /** The same for one whose deadline no batch can keep, so that it is called synchronously. */
  public void sendUrgent(Question question) {
    ProducerRecord<byte[], byte[]> record = record(question);
    String deadline = Instant.now().plus(SOON).toString();
    record.headers().add(OffpeakHeaders.DEADLINE, deadline.getBytes(UTF_8));
    send(record);
  }

  private ProducerRecord<byte[], byte[]> record(Question question) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, question.customId().getBytes(UTF_8), question.value());
    record.headers().add(OffpeakHeaders.MODEL, question.model().getBytes(UTF_8));
    return record;
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    producer.send(
        record,
        (_, failure) -> {
          if (failure != null) {
            errors.incrementAndGet();
          }
        });
  }

  /** Waits until Kafka has taken everything. */
  public void flush() {
    producer.flush();
  }

  /** Records that Kafka did not take. */
  public int errors() {
    return errors.get();
  }

  @Override
  public void close() {
    producer.close();
  }
}
