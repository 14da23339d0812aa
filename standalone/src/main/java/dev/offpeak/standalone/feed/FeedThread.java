package dev.offpeak.standalone.feed;

import dev.offpeak.standalone.state.CannotRun;
import java.io.Closeable;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** A {@link RequestFeed} at work on a thread of its own. */
public final class FeedThread implements Closeable {

  private final Producer<byte[], byte[]> producer;
  private final Thread thread;
  private volatile boolean stop;
  private volatile FeedPosition read;
  private volatile boolean allRead;
  private volatile @Nullable Exception failure;

  private FeedThread(RequestFeed feed, Producer<byte[], byte[]> producer, FeedPosition readBefore) {
    this.producer = producer;
    this.read = readBefore;
    this.thread =
        Thread.ofPlatform().name("request-feed").daemon().unstarted(() -> run(feed, readBefore));
  }

  /**
   * Starts to read.
   *
   * @param producer a transactional one, initialised; closed with this
   * @param readBefore what earlier runs have committed
   */
  public static FeedThread start(
      RequestFeed feed, Producer<byte[], byte[]> producer, FeedPosition readBefore) {
    FeedThread feedThread = new FeedThread(feed, producer, readBefore);
    feedThread.thread.start();
    return feedThread;
  }

  /**
   * Reads nothing more: what earlier runs have read is all that counts.
   *
   * @param producer closed with this
   */
  public static FeedThread ended(
      RequestFeed feed, Producer<byte[], byte[]> producer, FeedPosition readBefore) {
    FeedThread feedThread = new FeedThread(feed, producer, readBefore);
    feedThread.allRead = true;
    return feedThread;
  }

  private void run(RequestFeed feed, FeedPosition readBefore) {
    try {
      feed.run(producer, readBefore, position -> read = position, () -> stop);
      allRead = !stop;
    } catch (Exception e) {
      failure = e;
    }
  }

  /** Requests that are safely in the topic. */
  public long read() {
    return read.requests();
  }

  /** Blank lines that were passed over. */
  public long blank() {
    return read.blank();
  }

  /**
   * Whether these are all lines of the input.
   *
   * @throws CannotRun when the input is not what it was
   * @throws CompletionException when the reading broke off
   */
  public boolean allRead() {
    Exception broken = failure;
    if (broken instanceof CannotRun cannotRun) {
      throw cannotRun;
    }
    if (broken != null) {
      throw new CompletionException("reading the input broke off", broken);
    }
    return allRead;
  }

  @Override
  public void close() {
    stop = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close();
  }
}
