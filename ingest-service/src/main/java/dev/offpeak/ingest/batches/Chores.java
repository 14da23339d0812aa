package dev.offpeak.ingest.batches;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * What takes long for one batch and must not hold up the others: a few at the same time, on threads
 * of their own. What comes of one is for the thread that asks for it.
 */
final class Chores implements AutoCloseable {

  private static final int AT_ONCE = 4;
  private static final long PATIENCE_SECONDS = 10;

  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          AT_ONCE, Thread.ofPlatform().name("gateway-chore-", 0).daemon().factory());
  private final Map<String, Future<Runnable>> under = new HashMap<>();

  /**
   * What comes of that chore, once; nothing while it is under way, or has to be begun.
   *
   * @throws IOException when it failed; it may be begun again
   */
  Optional<Runnable> of(String name, Callable<Runnable> chore)
      throws IOException, InterruptedException {
    Future<Runnable> begun = under.get(name);
    if (begun == null) {
      under.put(name, threads.submit(chore));
      return Optional.empty();
    }
    if (!begun.isDone()) {
      return Optional.empty();
    }
    under.remove(name);
    try {
      return Optional.of(begun.get());
    } catch (ExecutionException e) {
      throw failure(name, e.getCause());
    }
  }

  private static IOException failure(String name, @Nullable Throwable cause) {
    return switch (cause) {
      case null -> new IOException(name + " failed");
      case IOException e -> e;
      case KafkaException e -> throw e;
      // The fault of this one alone, and no reason to hold up others.
      default -> new IOException(name + " failed: " + cause, cause);
    };
  }

  /** Whether that is under way, or what came of it was not asked for. */
  boolean isUnderWay(String name) {
    return under.containsKey(name);
  }

  /** Whether something is under way. */
  boolean isBusy() {
    return !under.isEmpty();
  }

  /** Gives a chore up. */
  void giveUp(String name) {
    Future<Runnable> begun = under.remove(name);
    if (begun != null) {
      begun.cancel(true);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
