package dev.offpeak.kafka.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The two server sockets, bound before the broker is configured. The broker has to know its ports
 * beforehand; picking free ones and binding them later would lose a race now and then.
 */
final class BoundSockets implements ServerSocketFactory, AutoCloseable {

  private final ServerSocketChannel client;
  private final ServerSocketChannel controller;

  private BoundSockets(ServerSocketChannel client, ServerSocketChannel controller) {
    this.client = client;
    this.controller = controller;
  }

  /** Binds both, the client's to the wanted port (0: any), the controller's to any free one. */
  static BoundSockets bind(String host, int port) throws IOException {
    var client = bindOne(host, port);
    try {
      return new BoundSockets(client, bindOne("127.0.0.1", 0));
    } catch (IOException e) {
      client.close();
      throw e;
    }
  }

  private static ServerSocketChannel bindOne(String host, int port) throws IOException {
    var channel = ServerSocketChannel.open();
    try {
      channel.socket().setReuseAddress(true);
      return channel.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      channel.close();
      throw new IOException("cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
    }
  }

  int clientPort() {
    return client.socket().getLocalPort();
  }

  int controllerPort() {
    return controller.socket().getLocalPort();
  }

  InetSocketAddress controllerAddress() throws IOException {
    return (InetSocketAddress) controller.getLocalAddress();
  }

  @Override
  public ServerSocketChannel openServerSocket(
      String listenerName, InetSocketAddress address, int backlog, int receiveBufferBytes)
      throws IOException {
    var known =
        Map.of(
            BrokerProperties.CLIENT_LISTENER, client,
            BrokerProperties.CONTROLLER_LISTENER, controller);
    var channel = known.get(listenerName);
    if (channel == null) {
      throw new IOException("the embedded broker has no listener named " + listenerName);
    }
    channel.configureBlocking(false);
    return channel;
  }

  @Override
  public void close() throws IOException {
    client.close();
    controller.close();
  }
}
