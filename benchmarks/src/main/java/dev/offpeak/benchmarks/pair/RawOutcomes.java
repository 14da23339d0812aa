package dev.offpeak.benchmarks.pair;

import dev.offpeak.benchmarks.load.Broker;
import dev.offpeak.benchmarks.measure.Stopwatch;
import dev.offpeak.results.config.ChunkLimits;
import dev.offpeak.runtime.kafka.ClientProperties;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records in transactions of the size that the results-service makes them. */
final class RawOutcomes {

  private final Broker broker;
  private final String topic;
  private final ChunkLimits chunks;

  RawOutcomes(Broker broker, String topic, ChunkLimits chunks) {
    this.broker = broker;
    this.topic = topic;
    this.chunks = chunks;
  }

  /** Writes so many records, the given ones again and again; answers with the seconds. */
  double write(List<ConsumerRecord<byte[], byte[]>> records, int count) {
    try (var producer =
        new KafkaProducer<>(
            ClientProperties.transactionalProducer(
                broker.config(), "raw-outcomes", topic, Broker.LARGEST_REQUEST),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      Stopwatch watch = Stopwatch.started();
      int written = 0;
      while (written < count) {
        written = chunk(producer, records, written, count);
      }
      return watch.seconds();
    }
  }

  private int chunk(
      KafkaProducer<byte[], byte[]> producer,
      List<ConsumerRecord<byte[], byte[]>> records,
      int from,
      int count) {
    producer.beginTransaction();
    int at = from;
    long bytes = 0;
    while (at < count && at - from < chunks.records() && bytes < chunks.bytes().bytes()) {
      ConsumerRecord<byte[], byte[]> record = records.get(at % records.size());
      bytes += record.value().length;
      var _ =
          producer.send(
              new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers()));
      at++;
    }
    producer.commitTransaction();
    return at;
  }
}
