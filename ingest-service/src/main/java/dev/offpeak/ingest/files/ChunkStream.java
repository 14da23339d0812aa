package dev.offpeak.ingest.files;

import dev.offpeak.schemas.avro.StoredBytes;
import dev.offpeak.schemas.reading.TopicTail;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The bytes of a file, read from its chunks; those of others that stand between are passed over.
 */
final class ChunkStream extends InputStream {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final int PATIENCE = 60;

  private final TopicTail tail;
  private final StoredBytes stored;
  private final ChunkCipher cipher;
  private final Queue<byte[]> ready = new ArrayDeque<>();
  private byte[] piece = {};
  private int at;
  private int next;
  private int skip;

  /**
   * @param tail of committed records, closed with this
   * @param from the first byte that is wanted
   */
  ChunkStream(TopicTail tail, String topic, StoredBytes stored, long from) {
    this.tail = tail;
    this.stored = stored;
    byte[] key = new byte[stored.getKey().remaining()];
    stored.getKey().duplicate().get(key);
    this.cipher = new ChunkCipher(key);
    var partition = new TopicPartition(topic, stored.getPartition());
    this.next = (int) Math.min(stored.getChunks(), from / ChunkWriting.CHUNK);
    this.skip = (int) (from % ChunkWriting.CHUNK);
    int mark = next / ChunkWriting.BETWEEN_MARKS;
    boolean isMarked = mark < stored.getMarks().size();
    tail.beginAt(
        Map.of(partition, isMarked ? stored.getMarks().get(mark) : stored.getFirstOffset()));
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    while (at == piece.length) {
      if (ready.isEmpty() && next == stored.getChunks()) {
        return -1;
      }
      if (ready.isEmpty()) {
        fetch();
      }
      piece = ready.remove();
      at = Math.min(skip, piece.length);
      skip = 0;
    }
    int count = Math.min(length, piece.length - at);
    System.arraycopy(piece, at, into, offset, count);
    at += count;
    return count;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  private void fetch() throws IOException {
    try {
      for (int polls = 0; polls < PATIENCE; polls++) {
        if (tail.poll(POLL, this::take) && !ready.isEmpty()) {
          return;
        }
      }
    } catch (KafkaException e) {
      throw new IOException("a file can't be read: " + e.getMessage(), e);
    }
    throw new IOException("chunk " + next + " of a file is not there any more");
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    boolean isNext =
        next < stored.getChunks()
            && record.value() != null
            && Arrays.equals(record.key(), KafkaFiles.key(stored.getName(), next));
    if (isNext) {
      ready.add(cipher.decrypt(next, record.value()));
      next++;
    }
  }

  @Override
  public void close() {
    tail.close();
  }
}
