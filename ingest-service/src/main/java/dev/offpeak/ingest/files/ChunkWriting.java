package dev.offpeak.ingest.files;

import dev.offpeak.schemas.avro.StoredBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** A file that comes in, chunk by chunk. When Kafka takes no more its sender waits. */
final class ChunkWriting implements FileStore.Writing {

  /** Fits into a topic with the broker's own limit. */
  static final int CHUNK = 512 << 10;

  /** Chunks that are looked after until they are acknowledged. */
  private static final int MOST_PENDING = 16;

  /** Chunks from one that is found at once to the next. */
  static final int BETWEEN_MARKS = 32;

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final int partition;
  private final String name;
  private final byte[] key;
  private final ChunkCipher cipher;
  private final MessageDigest digest = sha256();
  private final Runnable begun;
  private final byte[] chunk = new byte[CHUNK];
  private final List<Long> marks = new ArrayList<>();
  private final List<Future<RecordMetadata>> pending = new ArrayList<>();
  private int filled;
  private int chunks;
  private int settled;
  private long bytes;
  private @Nullable Long firstOffset;
  private boolean finished;

  /**
   * @param begun told before the first chunk is written
   */
  ChunkWriting(
      Producer<byte[], byte[]> producer,
      String topic,
      int partition,
      String name,
      byte[] key,
      Runnable begun) {
    this.begun = begun;
    this.producer = producer;
    this.topic = topic;
    this.partition = partition;
    this.name = name;
    this.key = key;
    this.cipher = new ChunkCipher(key);
  }

  @Override
  public void write(byte[] more, int offset, int length) throws IOException {
    digest.update(more, offset, length);
    bytes += length;
    int at = offset;
    while (at < offset + length) {
      int taken = Math.min(CHUNK - filled, offset + length - at);
      System.arraycopy(more, at, chunk, filled, taken);
      filled += taken;
      at += taken;
      if (filled == CHUNK) {
        send();
      }
    }
  }

  private void send() throws IOException {
    byte[] value = cipher.encrypt(chunks, chunk, filled);
    try {
      if (chunks == 0) {
        begun.run();
      }
      pending.add(
          producer.send(
              new ProducerRecord<>(topic, partition, KafkaFiles.key(name, chunks), value)));
    } catch (KafkaException e) {
      throw new IOException("Kafka does not take the file: " + e.getMessage(), e);
    }
    chunks++;
    filled = 0;
    if (pending.size() == MOST_PENDING) {
      settle();
    }
  }

  private void settle() throws IOException {
    try {
      for (Future<RecordMetadata> each : pending) {
        long offset = each.get().offset();
        if (firstOffset == null) {
          firstOffset = offset;
        }
        if (settled % BETWEEN_MARKS == 0) {
          marks.add(offset);
        }
        settled++;
      }
      pending.clear();
    } catch (ExecutionException e) {
      throw new IOException("Kafka does not take the file: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a file was stored", e);
    }
  }

  @Override
  public FileStore.Finished finish() throws IOException {
    if (filled > 0) {
      send();
    }
    settle();
    finished = true;
    StoredBytes stored =
        StoredBytes.newBuilder()
            .setName(name)
            .setPartition(partition)
            .setFirstOffset(firstOffset == null ? 0 : firstOffset)
            .setChunks(chunks)
            .setKey(ByteBuffer.wrap(key))
            .setBytes(bytes)
            .setMarks(marks)
            .build();
    return new FileStore.Finished(stored, bytes, HexFormat.of().formatHex(digest.digest()));
  }

  @Override
  public void close() {
    if (!finished) {
      for (int each = 0; each < chunks; each++) {
        var _ =
            producer.send(new ProducerRecord<>(topic, partition, KafkaFiles.key(name, each), null));
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
