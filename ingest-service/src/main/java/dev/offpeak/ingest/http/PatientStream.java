package dev.offpeak.ingest.http;

import dev.offpeak.ingest.line.UnfitBody;
import dev.offpeak.runtime.http.Pace;
import io.helidon.http.RequestException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a body no longer than it should. Helidon reads a socket without a time limit, and an
 * interrupt would close it, so that the client would get no answer. So another thread does the
 * reading, one piece ahead.
 */
final class PatientStream extends InputStream {

  private static final Duration GLANCE = Duration.ofMillis(200);

  private final BooleanSupplier stopping;
  private final Pace pace;
  private final ReadAhead ahead;
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
    this.ahead = new ReadAhead(source, "ingest-body", 1);
    this.patience = patience;
    this.pace = pace;
    this.stopping = stopping;
  }

  /** Sets how long to wait for more from now on. */
  void patience(Duration newPatience) {
    patience = newPatience;
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

  private void requirePace(Pace.@Nullable Shortfall slow) throws UnfitBody {
    if (slow != null) {
      throw new UnfitBody(
          UnfitBody.Fault.TOO_SLOW,
          "%d bytes came in %.1f s, which is %s (api.minimum-rate)"
              .formatted(slow.bytes(), slow.waited().toMillis() / 1e3, pace));
    }
  }

  private byte[] next() throws IOException {
    long waited = 0;
    while (waited < patience.toNanos()) {
      long before = System.nanoTime();
      byte[] next = poll();
      long glance = System.nanoTime() - before;
      if (next != null && next.length == 0) {
        return next;
      }
      requirePace(pace.after(glance, next == null ? 0 : next.length));
      if (next != null) {
        return next;
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

  private byte @Nullable [] poll() throws IOException {
    try {
      return ahead.poll(GLANCE);
    } catch (ReadAhead.Broken e) {
      String what =
          e.getCause() instanceof RequestException
              ? "its chunks are not HTTP's: "
              : "the client went away: ";
      throw new IOException(what + e.getMessage(), e);
    }
  }

  /** Stops reading; when the body has not ended, its connection is of no use any more. */
  @Override
  public void close() {
    ahead.close();
  }
}
