package dev.offpeak.ingest.feed;

import java.io.IOException;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a feed: its lines and how far the source was read are one transaction
 * (docs/decisions/0005). The files of a run and the batches of the gateway are fed so.
 */
public final class FeedChunk {

  private static final int LINES = 5_000;
  private static final long BYTES = 8L << 20;

  private FeedChunk() {}

  /** Where lines come from. */
  @FunctionalInterface
  public interface Source<L> {

    /** The next one, or null behind the last. */
    @Nullable L next() throws IOException;
  }

  /** What becomes of a line, and of how far the source was read. */
  public interface Sink<L> {

    /** Sends a line and says how many bytes it has. */
    long send(L line);

    /** Sends how far the source was read, behind the last line of the chunk. */
    void progress();
  }

  /**
   * Writes one chunk.
   *
   * @param producer of transactions, initialised
   * @param first the line that it begins with
   * @return the line that the next chunk begins with, or null at the end of the source
   */
  public static <L> @Nullable L write(
      Producer<byte[], byte[]> producer, L first, Source<L> source, Sink<L> sink)
      throws IOException {
    producer.beginTransaction();
    try {
      L line = first;
      long bytes = 0;
      for (int lines = 0; line != null && lines < LINES && bytes < BYTES; lines++) {
        bytes += sink.send(line);
        line = source.next();
      }
      sink.progress();
      producer.commitTransaction();
      return line;
    } catch (IOException e) {
      // The source broke off: what came of it is as if it had not.
      producer.abortTransaction();
      throw e;
    }
  }
}
