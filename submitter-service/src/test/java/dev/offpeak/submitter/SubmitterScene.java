package dev.offpeak.submitter;

import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import dev.offpeak.testkit.broker.TestKafka;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A simulator, the topics of an installation and its submitters, new for each test. */
abstract class SubmitterScene {

  Simulator simulator;
  Installation installation;
  Submitters submitters;

  /** How the simulator is. */
  SimulatorConfig simulated() {
    return SimulatorConfig.defaults();
  }

  /** The topics. */
  Installation installed(TestKafka kafka) throws InterruptedException {
    return new Installation(kafka, 1);
  }

  @BeforeEach
  void open(TestKafka kafka) throws Exception {
    simulator = Simulator.start(simulated());
    installation = installed(kafka);
    submitters = new Submitters(installation, simulator);
  }

  @AfterEach
  void close() throws Exception {
    submitters.close();
    installation.close();
    simulator.close();
  }
}
