package dev.offpeak.results.world;

import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import dev.offpeak.testkit.broker.TestKafka;
import java.io.IOException;

/**
 * An installation whose requests are called synchronously.
 *
 * @param simulator every provider
 * @param installation all but the service
 * @param asks writes to llm.urgent
 */
public record UrgentWorld(Simulator simulator, Installation installation, UrgentAsks asks)
    implements AutoCloseable {

  /** A world with its registry within the process. */
  public static UrgentWorld start(TestKafka kafka) throws IOException {
    return start(kafka, "mock://" + kafka.prefix());
  }

  /** A world with that registry, for services that run in processes of their own. */
  public static UrgentWorld start(TestKafka kafka, String registryUrl) throws IOException {
    Simulator simulator = Simulator.start(SimulatorConfig.defaults());
    Installation installation = new Installation(kafka, simulator.baseUri(), registryUrl);
    return new UrgentWorld(simulator, installation, new UrgentAsks(installation));
  }

  /** The service begins to call. */
  public RunningService service() {
    return RunningService.with(UrgentAsks.config(installation, simulator.rootUri()));
  }

  @Override
  public void close() throws IOException {
    asks.close();
    installation.close();
    simulator.close();
  }
}
