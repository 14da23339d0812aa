package dev.offpeak.system.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.schemas.request.OffpeakHeaders;
import dev.offpeak.schemas.topic.Topics;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A user's own producer: writes requests to Kafka and counts what was not taken. */
public final class KafkaLoad implements AutoCloseable {

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
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, question.customId().getBytes(UTF_8), question.value());
    record.headers().add(OffpeakHeaders.MODEL, question.model().getBytes(UTF_8));
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
