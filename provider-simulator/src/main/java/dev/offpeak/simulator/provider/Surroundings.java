package dev.offpeak.simulator.provider;

import dev.offpeak.simulator.http.AccessKeys;
import dev.offpeak.simulator.run.Workshop;
import dev.offpeak.simulator.store.Ids;
import dev.offpeak.simulator.time.SimClock;
import java.time.Clock;

/**
 * What a stand-in for a provider finds around it.
 *
 * @param workshop what its jobs share with those of the others
 * @param ids where its ids come from
 * @param keys which keys are accepted
 * @param real the time that its users live in
 */
public record Surroundings(Workshop workshop, Ids ids, AccessKeys keys, Clock real) {
  /** The time it lives in. */
  public SimClock clock() {
    return workshop.clock();
  }
}
