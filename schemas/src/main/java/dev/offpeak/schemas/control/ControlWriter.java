package dev.offpeak.schemas.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.control.ControlCommand;
import dev.offpeak.schemas.avro.ControlRecord;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Writes llm.control: each record has the subject of its command as key. */
public final class ControlWriter {

  private final Producer<byte[], byte[]> producer;
  private final Serializer<ControlRecord> values;
  private final String topic;

  /** Writes with that producer, which is not its to close. */
  public ControlWriter(
      Producer<byte[], byte[]> producer, Serializer<ControlRecord> values, String topic) {
    this.producer = producer;
    this.values = values;
    this.topic = topic;
  }

  /**
   * Writes a record, and waits until it is safe.
   *
   * @return what it is about, in words
   * @throws IllegalArgumentException when the record lacks what its action is about
   * @throws ExecutionException when it could not be written
   */
  public String write(ControlRecord record) throws InterruptedException, ExecutionException {
    ControlCommand command = ControlCommands.of(record);
    if (command == null) {
      throw new IllegalArgumentException(
          "the control record lacks what its action is about: " + record);
    }
    String subject = command.subject();
    var _ =
        producer
            .send(
                new ProducerRecord<>(
                    topic, subject.getBytes(UTF_8), values.serialize(topic, record)))
            .get();
    return subject;
  }
}
