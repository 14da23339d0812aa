package dev.offpeak.provider.line;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Room in memory for long lines, such as answers with images: one at a time, for with what is made
 * of it each takes twice its length or more. Whoever comes second waits, and whoever is slow while
 * others wait has to begin again. Safe to use from many threads.
 */
final class LongLines {

  /** Lines up to this need no room. */
  static final int LONG = 4 * 1024 * 1024;

  /** Of the process, since its memory is. */
  static final LongLines OF_PROCESS = new LongLines(Duration.ofMinutes(10));

  private final Semaphore room = new Semaphore(1, true);
  private final Duration longest;

  /** With that time for a line that others wait for. */
  LongLines(Duration longest) {
    this.longest = longest;
  }

  /** Waits until there is room; it is to be left. */
  Stay enter() throws IOException {
    try {
      room.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("stopped while it waited for room for a long line")
              .initCause(e);
    }
    return new Stay(System.nanoTime());
  }

  /** Whether somebody waits. */
  boolean isAwaited() {
    return room.hasQueuedThreads();
  }

  /** The room while it is taken. */
  final class Stay {

    private final long since;

    private Stay(long since) {
      this.since = since;
    }

    /**
     * More of the line has come.
     *
     * @throws IOException when it has taken too long
     */
    void check() throws IOException {
      if (isAwaited() && System.nanoTime() - since > longest.toNanos()) {
        throw new IOException(
            "a line of more than %d bytes did not come within %s, and other downloads wait for its room"
                .formatted(LONG, longest));
      }
    }

    /** The line is no longer needed. */
    void leave() {
      room.release();
    }
  }
}
