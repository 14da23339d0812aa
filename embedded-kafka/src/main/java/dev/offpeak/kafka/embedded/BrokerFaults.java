package dev.offpeak.kafka.embedded;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the broker's faults and reports the first fatal one. Kafka's own answer to a fatal fault is
 * to halt the process, which the owner of this process must be able to do in good order.
 */
final class BrokerFaults implements FaultHandlerFactory {

  private static final Logger LOGGER = LoggerFactory.getLogger(BrokerFaults.class);

  private final CompletableFuture<Throwable> fatal = new CompletableFuture<>();

  /** Completes, with the reason, when the broker can no longer work. */
  CompletionStage<Throwable> fatal() {
    return fatal.minimalCompletionStage();
  }

  @Override
  public FaultHandler build(String name, boolean isFatal, Runnable action) {
    return (message, cause) -> {
      action.run();
      var fault = new IllegalStateException("broker fault in " + name + ": " + message, cause);
      LOGGER.atError().setCause(fault).addKeyValue("fatal", isFatal).log("broker fault");
      if (isFatal) {
        fatal.complete(fault);
      }
      return fault;
    };
  }
}
