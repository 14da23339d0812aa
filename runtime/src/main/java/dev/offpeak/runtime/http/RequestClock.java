package dev.offpeak.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a connection whose client has begun a request and does not finish it. A socket's own time
 * limit counts anew with each byte, and would wait for a byte a minute for ever.
 */
final class RequestClock {

  /** Hears of heads: of a first line, which may have come with the request before, and of ends. */
  static final Http1ConnectionListener HEADS =
      new Http1ConnectionListener() {
        @Override
        public void prologue(ConnectionContext context, HttpPrologue prologue) {
          if (context instanceof ClockedConnection connection) {
            connection.clock().read();
          }
        }

        @Override
        public void headers(ConnectionContext context, Headers headers) {
          if (context instanceof ClockedConnection connection) {
            connection.clock().headRead();
          }
        }
      };

  /** Hears of answers. */
  static final Http1ConnectionListener ANSWERS =
      new Http1ConnectionListener() {
        @Override
        public void status(ConnectionContext context, Status status) {
          if (context instanceof ClockedConnection connection) {
            connection.clock().answered();
          }
        }

        @Override
        public void headers(ConnectionContext context, Headers headers) {
          if (context instanceof ClockedConnection connection
              && headers.containsToken(HeaderValues.CONNECTION_CLOSE)) {
            connection.clock().closing();
          }
        }
      };

  private static final Logger LOGGER = LoggerFactory.getLogger(RequestClock.class);

  private enum Phase {
    /** Between two requests. */
    IDLE,
    HEAD,
    BODY,
    /** Answered for the last time: what is still read is dropped by whoever answered. */
    CLOSING
  }

  private final ConnectionContext connection;
  private final Door door;
  private Phase phase = Phase.IDLE;
  private @Nullable CompletableFuture<Boolean> isLate;

  RequestClock(ConnectionContext connection, Door door) {
    this.connection = connection;
    this.door = door;
  }

  /**
   * More has to come: begins to count, unless it does already.
   *
   * @param isBegun whether something is there already that is not a whole line yet
   */
  synchronized void waiting(boolean isBegun) {
    if (isBegun && phase == Phase.IDLE) {
      read();
    }
    boolean isBounded =
        switch (phase) {
          case IDLE, HEAD -> true;
          case BODY -> door.waitsFor() == Door.Part.WHOLE;
          case CLOSING -> false;
        };
    if (!isBounded || isLate != null) {
      return;
    }
    boolean isIdle = phase == Phase.IDLE;
    Duration limit = isIdle ? door.idle() : door.unfinished();
    isLate =
        new CompletableFuture<Boolean>()
            .completeOnTimeout(true, limit.toMillis(), TimeUnit.MILLISECONDS);
    var _ = isLate.thenAcceptAsync(late -> end(late, isIdle), Thread::startVirtualThread);
  }

  /** Something of a request has come. */
  synchronized void read() {
    if (phase == Phase.IDLE) {
      phase = Phase.HEAD;
      stop();
    }
  }

  private synchronized void headRead() {
    phase = Phase.BODY;
    if (door.waitsFor() == Door.Part.HEAD) {
      stop();
    }
  }

  private synchronized void answered() {
    phase = Phase.IDLE;
    stop();
  }

  private synchronized void closing() {
    phase = Phase.CLOSING;
  }

  private void stop() {
    if (isLate != null) {
      isLate.complete(false);
      isLate = null;
    }
  }

  private void end(boolean late, boolean wasIdle) {
    if (!late) {
      return;
    }
    if (wasIdle) {
      connection.serverSocket().close();
      return;
    }
    String client = connection.remotePeer().host();
    LOGGER
        .atDebug()
        .addKeyValue("client", client)
        .addKeyValue("limit", door.unfinished())
        .log("closed a connection with an unfinished request");
    try {
      connection.dataWriter().writeNow(BufferData.create(answer()));
    } catch (UncheckedIOException e) {
      LOGGER.atDebug().setCause(e).log("client went away before its answer");
    } finally {
      connection.serverSocket().close();
    }
  }

  private byte[] answer() {
    String json =
        """
        {"error":{"message":"the request was begun and not finished within %d ms: send it whole",\
        "type":"invalid_request_error","param":null,"code":"request_timeout"}}\
        """
            .formatted(door.unfinished().toMillis());
    return """
    HTTP/1.1 408 Request Timeout\r
    Connection: close\r
    Content-Type: application/json\r
    Content-Length: %d\r
    \r
    %s\
    """
        .formatted(json.length(), json)
        .getBytes(UTF_8);
  }
}
