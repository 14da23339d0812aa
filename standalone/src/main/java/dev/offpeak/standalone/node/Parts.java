package dev.offpeak.standalone.node;

import java.io.Closeable;
import java.io.IOException;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node has started, to be stopped in the opposite order. */
final class Parts implements Closeable {

  private static final Logger LOGGER = LoggerFactory.getLogger(Parts.class);

  private final Deque<AutoCloseable> started = new ConcurrentLinkedDeque<>();

  /** Keeps a part that was started. */
  <T extends AutoCloseable> T add(T part) {
    started.push(part);
    return part;
  }

  /** Starts a part on a thread of its own, while others start. */
  <T extends AutoCloseable> FutureTask<T> aside(Callable<T> start) {
    FutureTask<T> task = begun("node-start", start);
    started.push(() -> task.get().close());
    return task;
  }

  /** Begins that on a thread of its own with that name. */
  static <T> FutureTask<T> begun(String thread, Callable<T> what) {
    FutureTask<T> task = new FutureTask<>(what);
    Thread.ofPlatform().name(thread).daemon().start(task);
    return task;
  }

  /** The part, once it is started. */
  static <T> T started(FutureTask<T> task) throws IOException, InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException unchecked -> throw unchecked;
        case null, default -> throw new IOException("a part did not start", e);
      }
    }
  }

  /** Stops all; a part that does not stop well is logged and leaves the others to be stopped. */
  @Override
  public void close() {
    for (AutoCloseable part = started.poll(); part != null; part = started.poll()) {
      try {
        part.close();
      } catch (ExecutionException | CancellationException neverStarted) {
        LOGGER.atDebug().setCause(neverStarted).log("a part that never started needs no stop");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOGGER.atWarn().setCause(e).log("a part did not stop well");
      }
    }
  }
}
