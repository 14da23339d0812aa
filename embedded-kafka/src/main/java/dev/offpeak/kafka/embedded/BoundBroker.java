package dev.offpeak.kafka.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A broker that has its port and its folder and does not serve yet. Clients may be made meanwhile:
 * their connections wait until it does.
 */
public final class BoundBroker implements AutoCloseable {

  private final BrokerOptions options;
  private final FolderLock lock;
  private final BoundSockets sockets;

  private BoundBroker(BrokerOptions options, FolderLock lock, BoundSockets sockets) {
    this.options = options;
    this.lock = lock;
    this.sockets = sockets;
  }

  /**
   * Takes port and folder.
   *
   * @throws BrokerFailedToStart when the port is taken, or the folder is in use or unreadable
   */
  public static BoundBroker bind(BrokerOptions options) {
    try {
      var lock = FolderLock.take(options.folder());
      try {
        var sockets = BoundSockets.bind(options.host(), options.port());
        return new BoundBroker(options.withPort(sockets.clientPort()), lock, sockets);
      } catch (Throwable e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new BrokerFailedToStart(options, e);
    }
  }

  /** What clients set as bootstrap.servers, {@code host:port}. */
  public String bootstrapServers() {
    return options.address();
  }

  /**
   * Starts the broker and waits until it serves clients. It owns the port and the folder from then
   * on; when it does not start they are free again.
   *
   * @throws BrokerFailedToStart when the folder is unreadable
   */
  public EmbeddedKafka start() {
    try {
      return EmbeddedKafka.start(options, lock, sockets);
    } catch (Exception e) {
      close();
      throw new BrokerFailedToStart(options, e);
    } catch (Error e) {
      close();
      throw e;
    }
  }

  /** Gives port and folder back when the broker was never started. */
  @Override
  public void close() {
    try {
      sockets.close();
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release " + options.folder(), e);
    }
  }
}
