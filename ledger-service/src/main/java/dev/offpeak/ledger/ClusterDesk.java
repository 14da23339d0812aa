package dev.offpeak.ledger;

import dev.offpeak.ledger.console.Desk;
import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.ClusterConfig;
import dev.offpeak.operations.control.ControlTopic;
import dev.offpeak.operations.replay.RetryFailures;
import dev.offpeak.schemas.avro.ControlRecord;
import java.util.Set;

/** Asks as the commands do, by a connection of its own each time: it is seldom. */
record ClusterDesk(ClusterConfig config) implements Desk {

  @Override
  public String ask(ControlRecord.Builder command) throws InterruptedException {
    try (Cluster cluster = new Cluster(config)) {
      return ControlTopic.ask(cluster, command);
    }
  }

  @Override
  public String sendAgain(String code, String replayId) throws InterruptedException {
    try (Cluster cluster = new Cluster(config)) {
      return RetryFailures.send(cluster, code.isEmpty() ? Set.of() : Set.of(code), replayId);
    }
  }
}
