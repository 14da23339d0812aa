package dev.offpeak.simulator;

import dev.offpeak.simulator.admin.AdminApi;
import dev.offpeak.simulator.fault.Faults;
import dev.offpeak.simulator.http.AccessKeys;
import dev.offpeak.simulator.http.CallGate;
import dev.offpeak.simulator.job.JobScheduler;
import dev.offpeak.simulator.ledger.CallLog;
import dev.offpeak.simulator.ledger.Ledger;
import dev.offpeak.simulator.openai.OpenAiSimulator;
import dev.offpeak.simulator.store.FileStore;
import dev.offpeak.simulator.store.Ids;
import dev.offpeak.simulator.store.TemporaryFolder;
import dev.offpeak.simulator.time.SimClock;
import dev.offpeak.simulator.time.Sleeper;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running simulator: an HTTP server, its jobs and its ledger. */
public final class Simulator implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Simulator.class);

  private final WebServer server;
  private final SimClock clock;
  private final JobScheduler scheduler;
  private final Ledger ledger;
  private final CallLog calls;
  private final @Nullable TemporaryFolder temporary;
  private final String host;

  private Simulator(SimulatorConfig config, Clock real) throws IOException {
    Path data = config.dataFolder();
    if (data == null) {
      temporary = TemporaryFolder.create();
      data = temporary.path();
    } else {
      temporary = null;
      Files.createDirectories(data);
    }
    host = config.host();
    clock = new SimClock(real, config.speed());
    FileStore files = new FileStore(data.resolve("files"), clock);
    ledger = new Ledger(data.resolve("ledger"));
    calls = new CallLog(data.resolve("calls.log"));
    scheduler =
        new JobScheduler(clock, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    AccessKeys keys = new AccessKeys(config.keys());
    Faults faults = new Faults(config.seed(), config.faults());
    OpenAiSimulator openAi =
        new OpenAiSimulator(
            data.resolve("openai"),
            new OpenAiSimulator.Surroundings(
                clock,
                files,
                new Ids(new SecureRandom()),
                scheduler,
                ledger,
                keys,
                config.pace(),
                config.seed(),
                config.failureRate()),
            config.openAi());
    HttpRouting.Builder routing = HttpRouting.builder();
    new AdminApi(ledger, calls, files, faults, keys, clock).route(routing);
    openAi.route(routing, new CallGate(faults, calls, Sleeper.system()));
    openAi.resume();
    server =
        WebServer.builder()
            .host(config.host())
            .port(config.port())
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .routing(routing)
            .build();
  }

  /**
   * Starts a simulator; it serves when this returns.
   *
   * @throws IOException when the data folder cannot be used
   */
  public static Simulator start(SimulatorConfig config) throws IOException {
    return start(config, Clock.systemUTC());
  }

  /** Starts a simulator whose time follows the given clock. */
  public static Simulator start(SimulatorConfig config, Clock real) throws IOException {
    Simulator simulator = new Simulator(config, real);
    simulator.scheduler.start();
    simulator.server.start();
    LOGGER.atInfo().addKeyValue("url", simulator.baseUri()).log("simulator serves");
    return simulator;
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** The base URL for an OpenAI client, for instance {@code http://127.0.0.1:8081/v1}. */
  public URI baseUri() {
    return URI.create("http://" + host + ":" + port() + "/v1");
  }

  /** The time it lives in; can be advanced. */
  public SimClock clock() {
    return clock;
  }

  /** What it has executed and billed. */
  public Ledger ledger() {
    return ledger;
  }

  /** Stops serving and computing. With a data folder the next start goes on where this stops. */
  @Override
  public void close() throws IOException {
    server.stop();
    scheduler.close();
    calls.close();
    ledger.close();
    if (temporary != null) {
      temporary.close();
    }
  }
}
