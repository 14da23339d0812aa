package dev.offpeak.batcher;

import dev.offpeak.runtime.lifecycle.ServiceDefinition;
import dev.offpeak.runtime.lifecycle.ServiceMain;

/** Runs the batcher as a process of its own: {@code --config FILE}. */
public final class BatcherMain {

  private BatcherMain() {}

  /** Runs until the process is told to stop. */
  public static void main(String[] arguments) {
    System.exit(
        ServiceMain.run(
            arguments,
            new ServiceDefinition<>(
                "batcher", BatcherConfig.class, BatcherConfig::http, BatcherModule::create)));
  }
}
