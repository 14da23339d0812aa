package dev.offpeak.standalone.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into an orderly end: the work is asked to stop, and the process waits
 * for it a while before it goes.
 */
final class ShutdownHook implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final CountDownLatch finished = new CountDownLatch(1);

  private ShutdownHook() {}

  static ShutdownHook install(Runnable stop) {
    ShutdownHook hook = new ShutdownHook();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.run();
                  hook.await();
                },
                "stop-signal"));
    return hook;
  }

  /** The work has ended and has said what there was to say. */
  void finished() {
    finished.countDown();
  }

  private void await() {
    try {
      var _ = finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    finished();
  }
}
