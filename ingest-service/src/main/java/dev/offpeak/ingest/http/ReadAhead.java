package dev.offpeak.ingest.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream on a thread of its own, a few pieces ahead, so that somebody can wait for the next
 * one only so long.
 */
public final class ReadAhead implements AutoCloseable {

  private static final int PIECE = 64 * 1024;
  private static final byte[] END = new byte[0];

  private final InputStream source;
  private final BlockingQueue<byte[]> pieces;
  private final Thread reader;
  private volatile @Nullable Throwable failure;

  /**
   * Begins to read.
   *
   * @param thread name of the thread
   * @param most pieces that wait
   */
  public ReadAhead(InputStream source, String thread, int most) {
    this.source = source;
    this.pieces = new ArrayBlockingQueue<>(most);
    this.reader = Thread.ofVirtual().name(thread).unstarted(this::run);
    reader.start();
  }

  private void run() {
    try {
      try {
        readAll();
      } catch (IOException | RuntimeException e) {
        failure = e;
      }
      pieces.put(END);
    } catch (InterruptedException e) {
      // Closed: nobody waits for more.
      Thread.currentThread().interrupt();
    }
  }

  private void readAll() throws IOException, InterruptedException {
    var buffer = new byte[PIECE];
    int read = source.read(buffer);
    while (read >= 0) {
      if (read > 0) {
        pieces.put(Arrays.copyOf(buffer, read));
      }
      read = source.read(buffer);
    }
  }

  /**
   * The next piece; empty at the end, null when none came in time.
   *
   * @throws Broken when the stream broke off and all before that was handed out
   */
  public byte @Nullable [] poll(Duration patience) throws IOException {
    byte[] next = pollQueue(patience);
    Throwable reason = failure;
    if (next == null || next.length > 0 || reason == null) {
      return next;
    }
    // It stays broken for whoever asks again.
    var _ = pieces.offer(END);
    throw new Broken(reason);
  }

  private byte @Nullable [] pollQueue(Duration patience) throws IOException {
    try {
      return pieces.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a body", e);
    }
  }

  /** Stops reading; when the stream has not ended, it is of no use any more. */
  @Override
  public void close() {
    reader.interrupt();
  }

  /** A stream broke off. */
  public static final class Broken extends IOException {

    private static final long serialVersionUID = 1;

    Broken(Throwable reason) {
      super(reason.getMessage(), reason);
    }
  }
}
