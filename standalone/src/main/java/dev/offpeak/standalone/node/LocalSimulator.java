package dev.offpeak.standalone.node;

import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorArguments;
import dev.offpeak.standalone.state.CannotRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The simulator of one run. Its jobs are known by its address, so it keeps its port over restarts:
 * one below those that systems hand out to outgoing connections.
 */
final class LocalSimulator {

  private static final String HOST = "127.0.0.1";
  private static final int FIRST_PORT = 20_000;
  private static final int PORTS = 10_000;

  private LocalSimulator() {}

  /**
   * Starts the simulator, going on with what it kept in the folder.
   *
   * @param settings by the names of the simulator's options, without their dashes
   * @throws CannotRun when a setting is wrong or the port is taken
   */
  static Simulator start(Path folder, Map<String, String> settings) throws IOException {
    List<String> arguments = new ArrayList<>();
    settings.forEach(
        (name, value) -> {
          arguments.add("--" + name);
          arguments.add(value);
        });
    arguments.addAll(List.of("--host", HOST, "--data", folder.toString()));
    arguments.addAll(List.of("--port", Integer.toString(port(folder))));
    try {
      return Simulator.start(SimulatorArguments.parse(arguments));
    } catch (IllegalArgumentException e) {
      throw new CannotRun("the simulator can't be started: " + e.getMessage());
    }
  }

  private static int port(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path kept = folder.resolve("port");
    if (Files.exists(kept)) {
      int port = Integer.parseInt(Files.readString(kept).strip());
      if (!isFree(port)) {
        throw new CannotRun(
            "port "
                + port
                + ", where this run's simulator has its jobs, is taken; free it, or start over with"
                + " --again");
      }
      return port;
    }
    int start = Math.floorMod(folder.toAbsolutePath().hashCode(), PORTS);
    for (int i = 0; i < PORTS; i++) {
      int port = FIRST_PORT + (start + i) % PORTS;
      if (isFree(port)) {
        Files.writeString(kept, Integer.toString(port));
        return port;
      }
    }
    throw new CannotRun("no port from " + FIRST_PORT + " on is free for the simulator");
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
