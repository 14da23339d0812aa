package dev.offpeak.ingest.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.schemas.avro.GatewayWriting;
import dev.offpeak.schemas.avro.StoredBytes;
import dev.offpeak.schemas.reading.TopicTail;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Files as chunks in llm.files, those of a file in one partition and in their order. */
public final class KafkaFiles implements FileStore {

  private static final int NAME_BYTES = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String topic;
  private final Producer<byte[], byte[]> producer;
  private final Supplier<TopicTail> tails;
  private final Places places;
  private final Consumer<GatewayWriting> begun;
  private final SecureRandom random = new SecureRandom();

  /** Where a partition was at some time. */
  @FunctionalInterface
  public interface Places {

    /** Offset of the first record since then. */
    long at(TopicPartition partition, Instant since);
  }

  /**
   * @param producer of chunks; the caller's to close
   * @param tails makes readers of committed records, which this closes
   * @param begun told before the first chunk of something is written
   */
  public KafkaFiles(
      String topic,
      Producer<byte[], byte[]> producer,
      Supplier<TopicTail> tails,
      Places places,
      Consumer<GatewayWriting> begun) {
    this.topic = topic;
    this.producer = producer;
    this.tails = tails;
    this.places = places;
    this.begun = begun;
  }

  /** The key of a chunk. */
  static byte[] key(String name, int chunk) {
    return (name + "/" + chunk).getBytes(UTF_8);
  }

  @Override
  public Writing begin() {
    byte[] bytes = new byte[NAME_BYTES];
    random.nextBytes(bytes);
    String name = HexFormat.of().formatHex(bytes);
    int partitions = producer.partitionsFor(topic).size();
    int partition = Math.floorMod(ByteBuffer.wrap(bytes).getInt(), partitions);
    return new ChunkWriting(
        producer,
        topic,
        partition,
        name,
        ChunkCipher.newKey(random),
        () -> begun.accept(new GatewayWriting(name, partition)));
  }

  @Override
  public InputStream open(StoredBytes stored, long from) {
    return new ChunkStream(tails.get(), topic, stored, from);
  }

  @Override
  public void delete(StoredBytes stored) {
    for (int chunk = 0; chunk < stored.getChunks(); chunk++) {
      delete(stored.getPartition(), key(stored.getName(), chunk));
    }
  }

  private void delete(int partition, byte[] key) {
    var _ = producer.send(new ProducerRecord<>(topic, partition, key, null));
  }

  @Override
  public void sweep(GatewayWriting writing, Instant begun, Instant ended)
      throws InterruptedException {
    var partition = new TopicPartition(topic, writing.getPartition());
    long from = places.at(partition, begun.minusSeconds(60));
    long to = places.at(partition, ended);
    String prefix = writing.getName() + "/";
    List<byte[]> keys = new ArrayList<>();
    try (TopicTail tail = tails.get()) {
      tail.beginAt(Map.of(partition, from));
      tail.readTo(
          Map.of(partition, to),
          PATIENCE,
          record -> {
            if (record.value() != null && new String(record.key(), UTF_8).startsWith(prefix)) {
              keys.add(record.key());
            }
          });
    }
    keys.forEach(each -> delete(writing.getPartition(), each));
  }
}
