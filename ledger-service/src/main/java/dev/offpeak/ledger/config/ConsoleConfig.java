package dev.offpeak.ledger.config;

import dev.offpeak.runtime.config.Default;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Where the console is. It asks nobody who they are, so that it is for this machine only.
 *
 * @param host the address to bind to, a loopback one
 * @param port 0 takes any free one
 * @param basePath what a proxy in front leaves before its paths, such as {@code /offpeak}
 * @param names by which a proxy in front may call it ({@code Host}, {@code Origin}), besides this
 *     machine's own
 */
public record ConsoleConfig(
    @Default("127.0.0.1") String host,
    @Default("8070") int port,
    @Default("/") String basePath,
    List<String> names) {

  private static final int HIGHEST_PORT = 65535;

  public ConsoleConfig {
    names = List.copyOf(names);
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "port must be 0 to " + HIGHEST_PORT + ", not " + port + "; 0 takes any free port");
    }
    if (!basePath.matches("/|(/[A-Za-z0-9._~-]+)+")) {
      throw new IllegalArgumentException(
          "base-path is '" + basePath + "'; it must be / or look like /offpeak");
    }
    if (!isLoopback(host)) {
      throw new IllegalArgumentException(
          "host is "
              + host
              + ": the console has no sign-in, so only a loopback address such as 127.0.0.1 is"
              + " allowed; put a proxy that signs people in before it");
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
