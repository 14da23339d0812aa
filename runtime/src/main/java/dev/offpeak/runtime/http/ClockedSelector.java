package dev.offpeak.runtime.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/** Gives every connection a clock of its own, and a reader that holds no more than has come. */
final class ClockedSelector implements ServerConnectionSelector {

  private final ServerConnectionSelector http1;
  private final Door door;

  ClockedSelector(ServerConnectionSelector http1, Door door) {
    this.http1 = http1;
    this.door = door;
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http1.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData firstBytes) {
    return http1.supports(firstBytes);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http1.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    return http1.connection(new ClockedConnection(context, door));
  }
}
