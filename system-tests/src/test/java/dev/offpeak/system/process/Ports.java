package dev.offpeak.system.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/**
 * Ports that a process keeps over restarts: below those that the system hands out to outgoing
 * connections, which would take one while its process is down.
 */
public final class Ports {

  private static final int FIRST = 12_000;
  private static final int RANGE = 18_000;

  private static final Set<Integer> TAKEN = new HashSet<>();

  private Ports() {}

  /** A port that nobody listens on, and that no other call of this process gets. */
  public static synchronized int free() {
    int start = (int) (ProcessHandle.current().pid() * 131 % RANGE);
    for (int i = 0; i < RANGE; i++) {
      int port = FIRST + (start + i) % RANGE;
      if (!TAKEN.contains(port) && isFree(port)) {
        TAKEN.add(port);
        return port;
      }
    }
    throw new IllegalStateException("no port from " + FIRST + " on is free");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
