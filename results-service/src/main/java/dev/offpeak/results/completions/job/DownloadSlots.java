package dev.offpeak.results.completions.job;

import java.io.Closeable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many jobs may have their results on disk at the same time. A job that waits for its provider
 * holds none.
 *
 * @param ofPartition so that one partition can't take all
 * @param ofAll bounds disk and memory
 */
public record DownloadSlots(Semaphore ofPartition, Semaphore ofAll) {

  /** Waits for a slot. */
  Slot take() throws InterruptedException {
    ofPartition.acquire();
    try {
      ofAll.acquire();
    } catch (InterruptedException e) {
      ofPartition.release();
      throw e;
    }
    return new Slot(this);
  }

  /** Room for one job, until it is closed. */
  static final class Slot implements Closeable {

    private final DownloadSlots slots;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Slot(DownloadSlots slots) {
      this.slots = slots;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        slots.ofAll.release();
        slots.ofPartition.release();
      }
    }
  }
}
