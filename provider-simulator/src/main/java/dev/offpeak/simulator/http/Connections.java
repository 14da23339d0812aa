package dev.offpeak.simulator.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/**
 * Remembers the connection of the call that the current thread handles, for answers that no server
 * would send.
 */
public final class Connections implements Http1ConnectionListener {
  private static final ThreadLocal<ConnectionContext> CURRENT = new ThreadLocal<>();

  @Override
  public void prologue(ConnectionContext context, HttpPrologue prologue) {
    CURRENT.set(context);
  }

  /** Sends bytes as they are. */
  void send(byte[] bytes) {
    CURRENT.get().dataWriter().writeNow(BufferData.create(bytes));
  }

  /** Waits until the caller goes away; what it still sends is passed over. */
  void awaitEnd() {
    var in = CURRENT.get().dataReader();
    while (true) {
      in.ensureAvailable();
      in.skip(in.available());
    }
  }
}
