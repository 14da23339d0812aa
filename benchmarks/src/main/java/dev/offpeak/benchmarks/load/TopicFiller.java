package dev.offpeak.benchmarks.load;

import dev.offpeak.runtime.kafka.ClientProperties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes a corpus to a topic. */
public final class TopicFiller {

  private TopicFiller() {}

  /** Writes every line, spread over the partitions, and waits until all are acknowledged. */
  public static void fill(Broker broker, String topic, Corpus corpus) throws ExecutionException {
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    try (var producer =
        new KafkaProducer<>(
            ClientProperties.producer(broker.config(), "filler", Broker.LARGEST_REQUEST),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < corpus.lines(); i++) {
        var _ =
            producer.send(
                new ProducerRecord<>(topic, i % Broker.PARTITIONS, null, corpus.line(i)),
                (_, problem) -> {
                  if (problem != null) {
                    failure.set(problem);
                  }
                });
      }
    }
    Exception problem = failure.get();
    if (problem != null) {
      throw new ExecutionException("writing to " + topic + " failed", problem);
    }
  }
}
