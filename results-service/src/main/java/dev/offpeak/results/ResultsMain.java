package dev.offpeak.results;

import dev.offpeak.runtime.lifecycle.ServiceDefinition;
import dev.offpeak.runtime.lifecycle.ServiceMain;

/** Runs the results-service as a process of its own: {@code --config FILE}. */
public final class ResultsMain {

  private ResultsMain() {}

  /** Runs until the process is told to stop. */
  public static void main(String[] arguments) {
    System.exit(
        ServiceMain.run(
            arguments,
            new ServiceDefinition<>(
                "results", ResultsConfig.class, ResultsConfig::http, ResultsModule::create)));
  }
}
