package dev.offpeak.operations.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.request.OffpeakHeaders;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;

/** Writes a wish to llm.control, whose readers carry it out when they see it. */
public final class ControlTopic {

  private static final ByteSize SMALL = ByteSize.parse("1MiB");

  private ControlTopic() {}

  /**
   * Writes the wish and says so. What it is about is the record's key, without which Kafka Streams
   * may skip it.
   *
   * @throws KafkaException when it could not be written
   */
  public static void write(Cluster open, ControlRecord.Builder wish, PrintWriter out)
      throws InterruptedException {
    String subject = subject(wish);
    String topic = open.topics().control().name();
    open.requireTopic(topic);
    try (Producer<byte[], byte[]> producer = open.producer(SMALL)) {
      Serializer<ControlRecord> writer = open.serdes().serializer(ControlRecord.class);
      ControlRecord record = wish.setIssuedAt(Clock.systemUTC().instant()).build();
      var _ =
          producer
              .send(
                  new ProducerRecord<>(
                      topic, subject.getBytes(UTF_8), writer.serialize(topic, record)))
              .get();
    } catch (ExecutionException e) {
      throw new KafkaException("the wish could not be written: " + e.getMessage(), e);
    }
    String action = wish.getAction().name().toLowerCase(Locale.ROOT);
    out.println("asked for " + action + " of " + subject);
    out.flush();
  }

  private static String subject(ControlRecord.Builder wish) {
    if (wish.getBatchId() != null) {
      return "batch " + wish.getBatchId();
    }
    if (wish.getLane() != null) {
      return "lane " + wish.getLane();
    }
    String tenant = wish.getTenant();
    if (wish.getCustomId() != null) {
      return "request "
          + wish.getCustomId()
          + " of tenant "
          + (tenant == null ? OffpeakHeaders.DEFAULT_TENANT : tenant);
    }
    if (tenant != null) {
      return "tenant " + tenant;
    }
    return wish.getAccount() == null ? "everything" : "account " + wish.getAccount();
  }
}
