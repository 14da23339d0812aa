package dev.offpeak.submitter;

import dev.offpeak.runtime.lifecycle.ServiceDefinition;
import dev.offpeak.runtime.lifecycle.ServiceMain;

/** Runs the submitter-service as a process of its own: {@code --config FILE}. */
public final class SubmitterMain {

  private SubmitterMain() {}

  /** Runs until the process is told to stop. */
  public static void main(String[] arguments) {
    System.exit(
        ServiceMain.run(
            arguments,
            new ServiceDefinition<>(
                "submitter",
                SubmitterConfig.class,
                SubmitterConfig::http,
                SubmitterModule::create)));
  }
}
