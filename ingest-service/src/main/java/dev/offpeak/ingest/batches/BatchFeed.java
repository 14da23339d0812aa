package dev.offpeak.ingest.batches;

import dev.offpeak.ingest.feed.FeedChunk;
import dev.offpeak.ingest.line.Line;
import dev.offpeak.ingest.line.LineReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongFunction;
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
  private @Nullable Line next;
  private int fed;

  /**
   * Goes on behind the lines that were fed before.
   *
   * @param requests name of llm.requests
   * @param headers of each line
   * @param in the input file, closed with this
   */
  BatchFeed(
      String batch, String requests, Headers headers, InputStream in, int lineLimit, long fedBefore)
      throws IOException {
    this.batch = batch;
    this.requests = requests;
    this.headers = headers;
    this.in = in;
    this.reader = new LineReader(in, lineLimit, Integer.MAX_VALUE);
    this.next = reader.next();
    while (fed < fedBefore && next != null) {
      next = reader.next();
      fed++;
    }
  }

  boolean isOver() {
    return next == null;
  }

  /**
   * Feeds one chunk.
   *
   * @param producer of transactions
   * @param progress the record that says that so many lines are fed
   */
  void chunk(
      Producer<byte[], byte[]> producer, LongFunction<ProducerRecord<byte[], byte[]>> progress)
      throws IOException {
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
                var _ = producer.send(progress.apply(fed));
              }
            });
  }

  private long send(Producer<byte[], byte[]> producer, Line line) {
    if (!(line instanceof Line.Whole(long _, byte[] bytes))) {
      throw new IllegalStateException("the check lets no line pass that is too long: " + line);
    }
    byte[] key = new LineKey(batch, fed).bytes();
    fed++;
    var _ = producer.send(new ProducerRecord<>(requests, null, key, bytes, headers));
    return bytes.length;
  }

  /** Takes the next line without sending it; null behind the last. */
  @Nullable Line pass() throws IOException {
    Line line = next;
    if (line != null) {
      next = reader.next();
      fed++;
    }
    return line;
  }

  /** Lines that were fed or passed. */
  int fed() {
    return fed;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
