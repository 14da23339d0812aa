package dev.offpeak.runtime.http;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/**
 * Where a server listens, with bounds on what one client can hold: the time that it takes over the
 * head of a request, or over a whole request, and the memory that one chunk or line takes.
 *
 * @param host the address to bind to
 * @param port 0 takes any free one
 * @param idle a connection that brings nothing for so long is closed
 * @param unfinished a head, or a whole request, that was begun and not finished for so long is
 *     answered with 408 and its connection closed
 * @param waitsFor what has to be finished in that time
 */
public record Door(String host, int port, Duration idle, Duration unfinished, Part waitsFor) {

  /** The part of a request that has to come in time. */
  public enum Part {
    /** The head only: whoever handles the request bounds its body. */
    HEAD,
    /** All of it. */
    WHOLE
  }

  /** For small requests that are there at once, and small answers. */
  public static Door ofSmallRequests(String host, int port) {
    return new Door(host, port, Duration.ofSeconds(30), Duration.ofSeconds(15), Part.WHOLE);
  }

  /**
   * A server that listens there, to be given its routes and started.
   *
   * @throws IllegalStateException when the host is no address
   */
  public WebServerConfig.Builder server() {
    Http1Config http1 =
        Http1Config.builder()
            .addReceiveListener(RequestClock.HEADS)
            .addSendListener(RequestClock.ANSWERS)
            .build();
    return WebServer.builder()
        .address(address())
        .port(port)
        .shutdownHook(false)
        .connectionOptions(options -> options.readTimeout(idle).tcpNoDelay(true))
        .protocolsDiscoverServices(false)
        .connectionSelectors(
            List.of(
                new ClockedSelector(
                    Http1ConnectionSelector.builder().config(http1).build(), this)));
  }

  private InetAddress address() {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(host + " is no address of this machine", e);
    }
  }
}
