package dev.offpeak.simulator.provider;

import dev.offpeak.simulator.http.CallGate;
import io.helidon.webserver.http.HttpRules;
import java.io.IOException;

/** A stand-in for one provider. */
public interface StandIn {
  /** Adds its paths, each behind the gate. */
  void route(HttpRules rules, CallGate gate);

  /** Goes on with the jobs of an earlier process. */
  void resume() throws IOException;

  /** How many files it holds for its users. */
  long filesLeft();

  /** Stops what it does by itself besides its jobs. */
  default void close() {}
}
