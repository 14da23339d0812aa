package dev.offpeak.batcher.run;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/** Kafka Streams' own clients, but for a main consumer that is frugal with memory. */
final class FrugalClients extends DefaultKafkaClientSupplier {

  private static final long POLL_BYTES = 64L << 20;

  private final int recordBytes;

  /**
   * Clients of an installation.
   *
   * @param recordBytes the largest record that a producer of ours may send
   */
  FrugalClients(int recordBytes) {
    this.recordBytes = recordBytes;
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return FrugalConsumer.of(config, POLL_BYTES, recordBytes);
  }
}
