package dev.offpeak.standalone.up;

import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.ingest.config.ListenConfig;
import dev.offpeak.ledger.config.ConsoleConfig;
import dev.offpeak.runtime.config.load.ConfigLoader;
import dev.offpeak.runtime.health.CheckResult;
import dev.offpeak.standalone.node.Destination;
import dev.offpeak.standalone.node.Node;
import dev.offpeak.standalone.node.NodePlan;
import dev.offpeak.standalone.state.CannotRun;
import dev.offpeak.standalone.state.RunFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** An installation in this process, from its start until somebody stops it. */
public final class Up {

  private static final String HOST = "127.0.0.1";
  private static final Duration WITH_SIMULATOR = Duration.ofSeconds(5);
  private static final Duration WITH_PROVIDERS = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final long WATCH_SECONDS = 1;

  private final Path folder;
  private final Destination destination;
  private final UpOptions options;
  private final CountDownLatch stop = new CountDownLatch(1);

  /**
   * One that keeps all that it has in the folder.
   *
   * @param destination who executes the requests
   */
  public Up(Path folder, Destination destination, UpOptions options) {
    this.folder = folder;
    this.destination = destination;
    this.options = options;
  }

  /**
   * Runs until {@link #stop}, and then lets what is under way come to where it can be gone on with.
   *
   * @param ready is told where everything is, once all can be used
   * @throws CannotRun when something outside must be mended first
   */
  public void run(Consumer<UpAddresses> ready) throws IOException, InterruptedException {
    String taken =
        "an installation is at work in " + folder + ": use it, or give this one another --state";
    try (RunFolder held = RunFolder.open(folder, taken)) {
      int port = freePort(options.port(), "--port");
      int consolePort = freePort(options.consolePort(), "--console-port");
      held.describe(List.of("an installation", "to: " + destination.identity()));
      try (Node node = Node.start(held.path(), destination, plan(port, consolePort))) {
        if (awaitReady(node)) {
          ready.accept(
              new UpAddresses(
                  HOST + ":" + port,
                  HOST + ":" + consolePort,
                  node.addresses(),
                  destination.identity(),
                  folder));
        }
        while (!stop.await(WATCH_SECONDS, TimeUnit.SECONDS)) {
          node.failIfBroken();
        }
      }
    }
  }

  /** Asks it to stop. Any thread may call it. */
  public void stop() {
    stop.countDown();
  }

  /** False when it was stopped before. */
  private boolean awaitReady(Node node) throws InterruptedException {
    while (!(node.ready() instanceof CheckResult.Ok)) {
      if (stop.getCount() == 0) {
        return false;
      }
      Sleeper.system().sleep(LOOK);
    }
    return true;
  }

  private NodePlan plan(int port, int consolePort) {
    ListenConfig listen =
        ConfigLoader.with(ListenConfig.class, Map.of("host", HOST, "port", Integer.toString(port)));
    ConsoleConfig console =
        ConfigLoader.with(
            ConsoleConfig.class,
            Map.of("host", HOST, "port", Integer.toString(consolePort), "actions", "true"));
    Duration usual = destination instanceof Destination.Simulated ? WITH_SIMULATOR : WITH_PROVIDERS;
    return NodePlan.thatStays(
        listen, console, Objects.requireNonNullElse(options.linger(), usual), options.kafkaPort());
  }

  /** Said at once, and not when all else has started. */
  private static int freePort(int wanted, String option) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new CannotRun(
          "port " + wanted + " is taken; free it, or choose another one with " + option);
    }
  }
}
