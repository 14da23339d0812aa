package dev.offpeak.operations.control;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.control.ControlWriter;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/** Writes what an operator asks for to llm.control, whose readers carry it out when they see it. */
public final class ControlTopic {

  private static final ByteSize SMALL = ByteSize.parse("1MiB");

  private ControlTopic() {}

  /**
   * Writes the command, issued now, and says so.
   *
   * @throws KafkaException when it could not be written
   */
  public static void write(Cluster open, ControlRecord.Builder command, PrintWriter out)
      throws InterruptedException {
    out.println(ask(open, command));
    out.flush();
  }

  /**
   * Writes the command, issued now.
   *
   * @return what was asked for, in words
   * @throws KafkaException when it could not be written
   */
  public static String ask(Cluster open, ControlRecord.Builder command)
      throws InterruptedException {
    String topic = open.topics().control().name();
    open.requireTopic(topic);
    try (Producer<byte[], byte[]> producer = open.producer(SMALL)) {
      ControlWriter writer =
          new ControlWriter(producer, open.serdes().serializer(ControlRecord.class), topic);
      String subject = writer.write(command.setIssuedAt(Clock.systemUTC().instant()).build());
      return "asked for " + command.getAction().name().toLowerCase(Locale.ROOT) + " of " + subject;
    } catch (ExecutionException e) {
      throw new KafkaException("the command could not be written: " + e.getMessage(), e);
    }
  }
}
