package dev.offpeak.simulator;

import dev.offpeak.simulator.admin.AdminApi;
import dev.offpeak.simulator.answer.AnswerPlan;
import dev.offpeak.simulator.anthropic.AnthropicSimulator;
import dev.offpeak.simulator.billing.BillingApi;
import dev.offpeak.simulator.fault.Faults;
import dev.offpeak.simulator.gemini.GeminiSimulator;
import dev.offpeak.simulator.http.AccessKeys;
import dev.offpeak.simulator.http.CallGate;
import dev.offpeak.simulator.http.Connections;
import dev.offpeak.simulator.http.FaultyCalls;
import dev.offpeak.simulator.ledger.CallLog;
import dev.offpeak.simulator.ledger.Ledger;
import dev.offpeak.simulator.openai.OpenAiSimulator;
import dev.offpeak.simulator.provider.StandIn;
import dev.offpeak.simulator.provider.Surroundings;
import dev.offpeak.simulator.run.JobScheduler;
import dev.offpeak.simulator.run.Workshop;
import dev.offpeak.simulator.store.Ids;
import dev.offpeak.simulator.store.TemporaryFolder;
import dev.offpeak.simulator.time.SimClock;
import dev.offpeak.simulator.time.Sleeper;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running simulator: an HTTP server, its jobs and its ledger. */
public final class Simulator implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Simulator.class);

  private final WebServer server;
  private final SimClock clock;
  private final JobScheduler scheduler;
  private final List<StandIn> standIns;
  private final Ledger ledger;
  private final CallLog calls;
  private final FaultyCalls faultyCalls;
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
    ledger = new Ledger(data.resolve("ledger"));
    calls = new CallLog(data.resolve("calls.log"));
    scheduler =
        new JobScheduler(clock, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    AccessKeys keys = new AccessKeys(config.keys());
    Faults faults = new Faults(config.seed(), config.faults());
    Workshop workshop =
        new Workshop(
            clock,
            scheduler,
            ledger,
            new AnswerPlan(config.seed(), config.failureRate()),
            config.pace(),
            config.seed());
    Surroundings around = new Surroundings(workshop, new Ids(new SecureRandom()), keys, real);
    standIns =
        // OpenAI last: it answers what is left below /v1.
        List.of(
            new AnthropicSimulator(data.resolve("anthropic"), around, config.rules().anthropic()),
            new GeminiSimulator(data.resolve("gemini"), around, config.rules().gemini()),
            new OpenAiSimulator(data.resolve("openai"), around, config.rules().openai()));
    HttpRouting.Builder routing = HttpRouting.builder();
    new AdminApi(ledger, calls, standIns, faults, keys, clock).route(routing);
    new BillingApi(ledger, clock, config.rules().billing()).route(routing);
    faultyCalls = new FaultyCalls(calls, Sleeper.system(), real, data.resolve("late"));
    Connections connections = new Connections();
    CallGate gate = new CallGate(faults, calls, keys, faultyCalls, connections);
    for (StandIn standIn : standIns) {
      standIn.route(routing, gate);
      standIn.resume();
    }
    server =
        WebServer.builder()
            .host(config.host())
            .port(config.port())
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .addProtocol(Http1Config.builder().addReceiveListener(connections).build())
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
    return rootUri().resolve("/v1");
  }

  /**
   * The base URL for Anthropic and Gemini clients, and where everything else is, for instance
   * {@code http://127.0.0.1:8081}.
   */
  public URI rootUri() {
    return URI.create("http://" + host + ":" + port());
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
    faultyCalls.close();
    standIns.forEach(StandIn::close);
    scheduler.close();
    calls.close();
    ledger.close();
    if (temporary != null) {
      temporary.close();
    }
  }
}
