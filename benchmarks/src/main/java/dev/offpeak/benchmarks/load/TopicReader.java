package dev.offpeak.benchmarks.load;

import dev.offpeak.benchmarks.measure.Stopwatch;
import dev.offpeak.benchmarks.measure.Wait;
import dev.offpeak.runtime.kafka.ClientProperties;
import dev.offpeak.schemas.reading.TopicTail;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the committed records of a topic from its beginning. */
public final class TopicReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(50);

  private final TopicTail tail;

  /** A reader of all partitions. */
  public TopicReader(Broker broker, String topic) {
    this(
        broker,
        IntStream.range(0, Broker.PARTITIONS)
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .toList());
  }

  /** A reader of some partitions. */
  public TopicReader(Broker broker, List<TopicPartition> partitions) {
    tail =
        new TopicTail(
            new KafkaConsumer<>(
                ClientProperties.reader(broker.config(), "reader"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer()));
    tail.beginAtTheBeginning(partitions);
  }

  /**
   * Hands records over until there are enough.
   *
   * @throws TimeoutException when they are not enough after half an hour
   */
  public void read(Consumer<ConsumerRecord<byte[], byte[]>> sink, BooleanSupplier enough)
      throws TimeoutException {
    Stopwatch watch = Stopwatch.started();
    while (!enough.getAsBoolean()) {
      tail.poll(POLL, sink::accept);
      if (watch.seconds() > Wait.MOST_SECONDS) {
        throw new TimeoutException("not enough records came");
      }
    }
  }

  @Override
  public void close() {
    tail.close();
  }
}
