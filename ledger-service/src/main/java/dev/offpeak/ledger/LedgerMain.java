package dev.offpeak.ledger;

import dev.offpeak.runtime.lifecycle.ServiceDefinition;
import dev.offpeak.runtime.lifecycle.ServiceMain;

/** Runs the ledger-service as a process of its own: {@code --config FILE}. */
public final class LedgerMain {

  private LedgerMain() {}

  /** Runs until the process is told to stop. */
  public static void main(String[] arguments) {
    System.exit(
        ServiceMain.run(
            arguments,
            new ServiceDefinition<>(
                "ledger", LedgerConfig.class, LedgerConfig::http, LedgerModule::create)));
  }
}
