package dev.offpeak.provider.http;

import dev.offpeak.runtime.http.Pace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Hands written bytes on in chunks, each when it is asked for. One thread writes. */
final class DemandSink extends OutputStream implements Flow.Subscription {

  private static final int CHUNK = 32 * 1024;

  private final Flow.Subscriber<? super ByteBuffer> subscriber;
  private final long length;
  private final Pace pace;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long demand;
  private boolean cancelled;

  private byte[] chunk = new byte[CHUNK];
  private int filled;
  private long accepted;
  private long flushed;
  private volatile boolean complete;
  private volatile @Nullable IOException connectionFailure;
  private volatile boolean stalled;

  DemandSink(Flow.Subscriber<? super ByteBuffer> subscriber, long length, Pace pace) {
    this.subscriber = subscriber;
    this.length = length;
    this.pace = pace;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int start, int count) throws IOException {
    accepted += count;
    if (accepted > length) {
      throw new IOException("the payload is longer than the " + length + " bytes it promised");
    }
    int from = start;
    int left = count;
    while (left > 0) {
      int part = Math.min(left, chunk.length - filled);
      System.arraycopy(bytes, from, chunk, filled, part);
      filled += part;
      from += part;
      left -= part;
      if (filled == chunk.length) {
        handOver();
      }
    }
  }

  /** Hands over what is left; nothing may be missing. */
  void finish() throws IOException {
    if (accepted != length) {
      throw new IOException(
          "the payload ended after " + accepted + " of the " + length + " bytes it promised");
    }
    if (filled > 0) {
      handOver();
    }
  }

  private void handOver() throws IOException {
    awaitDemand();
    ByteBuffer full = ByteBuffer.wrap(chunk, 0, filled);
    flushed += filled;
    complete = flushed == length;
    chunk = new byte[CHUNK];
    filled = 0;
    subscriber.onNext(full);
  }

  private void awaitDemand() throws IOException {
    long began = System.nanoTime();
    lock.lock();
    try {
      long left = pace.window().toNanos();
      while (demand == 0 && !cancelled) {
        if (left <= 0) {
          stalled = true;
          throw broken("the connection took no byte for " + pace.window().toSeconds() + " s");
        }
        left = changed.awaitNanos(left);
      }
      if (cancelled) {
        throw broken("the connection was closed while the body was sent");
      }
      if (pace.after(System.nanoTime() - began, filled) != null) {
        stalled = true;
        throw broken("the connection took " + pace);
      }
      demand--;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw broken("interrupted while the body was sent");
    } finally {
      lock.unlock();
    }
  }

  private IOException broken(String message) {
    IOException failure = new IOException(message);
    connectionFailure = failure;
    return failure;
  }

  /** Why bytes could not be handed on, or null when it was not the connection. */
  @Nullable IOException connectionFailure() {
    return connectionFailure;
  }

  /**
   * Whether {@link #connectionFailure} is that nobody took bytes, or few, which the client can't
   * notice.
   */
  boolean hasStalled() {
    return stalled;
  }

  /** Whether the last byte is (about to be) handed over. */
  boolean isComplete() {
    return complete;
  }

  @Override
  public void request(long more) {
    lock.lock();
    try {
      demand = demand + more < 0 ? Long.MAX_VALUE : demand + more;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void cancel() {
    lock.lock();
    try {
      cancelled = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
