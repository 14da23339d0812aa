package dev.offpeak.ingest.http;

import dev.offpeak.ingest.line.UnfitBody;
import io.helidon.http.RequestException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a body no longer than it should. Helidon reads a socket without a time limit, and an
 * interrupt would close it, so that the client would get no answer. So another thread does the
 * reading, one piece ahead.
 */
final class PatientStream extends InputStream {

  private static final Duration GLANCE = Duration.ofMillis(200);
  private static final int PIECE = 64 * 1024;
  private static final byte[] END = new byte[0];

  private final InputStream source;
  private final BooleanSupplier stopping;
  private final Pace pace;
  private final BlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(1);
  private final Thread reader = Thread.ofVirtual().name("ingest-body").unstarted(this::readAhead);
  private volatile @Nullable Throwable failure;
  private Duration patience;
  private byte[] piece = {};
  private int at;
  private boolean ended;

  /**
   * Reads from the given source from now on.
   *
   * @param patience longest wait for more
   * @param pace that it has to keep
   * @param stopping whether to wait no longer
   */
  PatientStream(InputStream source, Duration patience, Pace pace, BooleanSupplier stopping) {
    this.source = source;
    this.patience = patience;
    this.pace = pace;
    this.stopping = stopping;
    reader.start();
  }

  /** Sets how long to wait for more from now on. */
  void patience(Duration newPatience) {
    patience = newPatience;
  }

  private void readAhead() {
    var buffer = new byte[PIECE];
    try {
      int read = source.read(buffer);
      while (read >= 0) {
        if (read > 0) {
          pieces.put(Arrays.copyOf(buffer, read));
        }
        read = source.read(buffer);
      }
      pieces.put(END);
    } catch (InterruptedException e) {
      // Closed: nobody waits for more.
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (at == piece.length && !ended) {
      piece = next();
      at = 0;
      ended = piece.length == 0;
    }
    if (ended) {
      return -1;
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

  private byte[] next() throws IOException {
    long waited = 0;
    while (waited < patience.toNanos()) {
      long before = System.nanoTime();
      byte[] next = poll();
      long glance = System.nanoTime() - before;
      if (next != null) {
        if (next.length > 0) {
          pace.after(glance, next.length);
        }
        return next;
      }
      pace.after(glance, 0);
      if (failure != null) {
        return last(failure);
      }
      if (stopping.getAsBoolean()) {
        throw new IOException("the service is being stopped");
      }
      waited += glance;
    }
    throw new UnfitBody(
        UnfitBody.Fault.TOO_SLOW,
        "nothing came for " + patience.toMillis() + " ms (api.read-timeout)");
  }

  private byte[] last(Throwable reason) throws IOException {
    // The reader may have handed over a piece just before it failed.
    byte[] last = pieces.poll();
    if (last == null) {
      String what =
          reason instanceof RequestException
              ? "its chunks are not HTTP's: "
              : "the client went away: ";
      throw new IOException(what + reason.getMessage(), reason);
    }
    return last;
  }

  private byte @Nullable [] poll() throws IOException {
    try {
      return pieces.poll(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a body", e);
    }
  }

  /** Stops reading; when the body has not ended, its connection is of no use any more. */
  @Override
  public void close() {
    reader.interrupt();
  }
}
