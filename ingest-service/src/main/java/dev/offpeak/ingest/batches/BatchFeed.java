package dev.offpeak.ingest.batches;

import dev.offpeak.ingest.feed.FeedChunk;
import dev.offpeak.ingest.line.Line;
import dev.offpeak.ingest.line.LineReader;
import java.io.IOException;
import java.io.InputStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The lines of a batch on their way into llm.requests, with how many of them there are by now. */
final class BatchFeed implements AutoCloseable {

  private final String batch;
  private final String requests;
  private final Headers headers;
  private final InputStream in;
  private final LineReader reader;
  private final @Nullable InputCheck check;
  private @Nullable Line next;
  private int fed;
  private int bad;

  /** Says, in a record, how far the feeding is. */
  @FunctionalInterface
  interface Progress {

    /**
     * The record that says it.
     *
     * @param fed lines by now
     * @param bad of these, not sent
     */
    ProducerRecord<byte[], byte[]> of(int fed, int bad);
  }

  /**
   * Goes on behind the lines that were fed before.
   *
   * @param requests name of llm.requests
   * @param headers of each line
   * @param in the input file, closed with this
   * @param check finds the bad lines; null when there are none
   */
  BatchFeed(
      String batch,
      String requests,
      Headers headers,
      InputStream in,
      int lineLimit,
      @Nullable InputCheck check,
      long fedBefore)
      throws IOException {
    this.batch = batch;
    this.requests = requests;
    this.headers = headers;
    this.in = in;
    this.check = check;
    this.reader = new LineReader(in, lineLimit, Integer.MAX_VALUE);
    this.next = reader.next();
    while (fed < fedBefore && next != null) {
      isBad(next);
      next = reader.next();
    }
  }

  boolean isOver() {
    return next == null;
  }

  /**
   * Feeds one chunk.
   *
   * @param producer of transactions
   */
  void chunk(Producer<byte[], byte[]> producer, Progress progress) throws IOException {
    Line first = next;
    if (first == null) {
      return;
    }
    next =
        FeedChunk.write(
            producer,
            first,
            reader::next,
            new FeedChunk.Sink<>() {
              @Override
              public long send(Line line) {
                return BatchFeed.this.send(producer, line);
              }

              @Override
              public void progress() {
                var _ = producer.send(progress.of(fed, bad));
              }
            });
  }

  private long send(Producer<byte[], byte[]> producer, Line line) {
    byte[] key = new LineKey(batch, fed).bytes();
    if (isBad(line)) {
      return 0;
    }
    if (!(line instanceof Line.Whole(long _, byte[] bytes))) {
      throw new IllegalStateException("the check lets no line pass that is too long: " + line);
    }
    var _ = producer.send(new ProducerRecord<>(requests, null, key, bytes, headers));
    return bytes.length;
  }

  private boolean isBad(Line line) {
    fed++;
    boolean isBad = check != null && check.look(line) != null;
    bad += isBad ? 1 : 0;
    return isBad;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
