package dev.offpeak.ingest;

import dev.offpeak.runtime.lifecycle.ServiceDefinition;
import dev.offpeak.runtime.lifecycle.ServiceMain;

/** Runs the ingest-service as a process of its own: {@code --config FILE}. */
public final class IngestMain {

  private IngestMain() {}

  /** Runs until the process is told to stop. */
  public static void main(String[] arguments) {
    System.exit(
        ServiceMain.run(
            arguments,
            new ServiceDefinition<>(
                "ingest", IngestConfig.class, IngestConfig::http, IngestModule::create)));
  }
}
