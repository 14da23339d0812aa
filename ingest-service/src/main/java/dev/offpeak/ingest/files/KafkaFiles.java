package dev.offpeak.ingest.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.schemas.avro.StoredBytes;
import dev.offpeak.schemas.reading.TopicTail;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Files as chunks in llm.files, those of a file in one partition and in their order. */
public final class KafkaFiles implements FileStore {

  private static final int NAME_BYTES = 16;

  private final String topic;
  private final Producer<byte[], byte[]> producer;
  private final Supplier<TopicTail> tails;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param producer of chunks; the caller's to close
   * @param tails makes readers of committed records, which this closes
   */
  public KafkaFiles(String topic, Producer<byte[], byte[]> producer, Supplier<TopicTail> tails) {
    this.topic = topic;
    this.producer = producer;
    this.tails = tails;
  }

  /** The key of a chunk. */
  static byte[] key(String name, int chunk) {
    return (name + "/" + chunk).getBytes(UTF_8);
  }

  @Override
  public Writing begin() {
    byte[] name = new byte[NAME_BYTES];
    random.nextBytes(name);
    int partitions = producer.partitionsFor(topic).size();
    int partition = Math.floorMod(ByteBuffer.wrap(name).getInt(), partitions);
    return new ChunkWriting(
        producer, topic, partition, HexFormat.of().formatHex(name), ChunkCipher.newKey(random));
  }

  @Override
  public InputStream open(StoredBytes stored) {
    return new ChunkStream(tails.get(), topic, stored);
  }

  @Override
  public void delete(StoredBytes stored) {
    for (int chunk = 0; chunk < stored.getChunks(); chunk++) {
      var _ =
          producer.send(
              new ProducerRecord<>(
                  topic, stored.getPartition(), key(stored.getName(), chunk), null));
    }
  }
}
