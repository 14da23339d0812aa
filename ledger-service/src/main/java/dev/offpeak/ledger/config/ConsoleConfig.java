package dev.offpeak.ledger.config;

import dev.offpeak.runtime.config.Default;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;

/**
 * Where the console is, and who is let in. Without a sign-in it is for this machine only.
 *
 * @param host the address to bind to; without a sign-in a loopback one
 * @param port 0 takes any free one
 * @param basePath what a proxy in front leaves before its paths, such as {@code /offpeak}
 * @param names by which a proxy in front may call it ({@code Host}, {@code Origin}), besides this
 *     machine's own
 * @param signIn how people say who they are
 * @param keys of {@code sign-in: keys}, by whose they are
 * @param proxy of {@code sign-in: proxy}
 * @param actions whether operators may ask the services for something, as to pause an account
 */
public record ConsoleConfig(
    @Default("127.0.0.1") String host,
    @Default("8070") int port,
    @Default("/") String basePath,
    List<String> names,
    @Default("none") SignIn signIn,
    Map<String, ConsoleKey> keys,
    ProxyConfig proxy,
    @Default("false") boolean actions) {

  /** How people say who they are. */
  public enum SignIn {
    /** Nobody is asked: whoever is on this machine is an operator. */
    NONE,
    /** By a key of the configuration. */
    KEYS,
    /** A proxy in front has asked them. */
    PROXY
  }

  private static final int HIGHEST_PORT = 65535;

  public ConsoleConfig {
    names = List.copyOf(names);
    keys = Map.copyOf(keys);
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "port must be 0 to " + HIGHEST_PORT + ", not " + port + "; 0 takes any free port");
    }
    if (!basePath.matches("/|(/[A-Za-z0-9._~-]+)+")) {
      throw new IllegalArgumentException(
          "base-path is '" + basePath + "'; it must be / or look like /offpeak");
    }
    if (signIn == SignIn.NONE && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "host is "
              + host
              + ": without a sign-in only a loopback address such as 127.0.0.1 is allowed; set"
              + " sign-in to keys or proxy");
    }
    if (signIn == SignIn.KEYS && keys.isEmpty()) {
      throw new IllegalArgumentException("sign-in is keys, and there is none in keys");
    }
    if (signIn == SignIn.PROXY && proxy.addresses().isEmpty()) {
      throw new IllegalArgumentException(
          "sign-in is proxy, and proxy.addresses does not say from where it calls");
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
