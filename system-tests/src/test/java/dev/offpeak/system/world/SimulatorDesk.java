package dev.offpeak.system.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;

/** What the simulator tells of itself and takes orders for, below {@code /_sim}. */
public final class SimulatorDesk {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI root;

  SimulatorDesk(URI root) {
    this.root = root;
  }

  /** Where its ledger is, one execution a line. */
  public URI ledger() {
    return root.resolve("/_sim/ledger");
  }

  /** The ledger added up. */
  public JsonNode summary() throws IOException, InterruptedException {
    return JSON.readTree(Http.get(root.resolve("/_sim/ledger/summary")));
  }

  /** How many calls have met a fault, by the rules in force. */
  public int faultsMet() throws IOException, InterruptedException {
    return JSON.readTree(Http.get(root.resolve("/_sim/faults"))).findValues("happened").stream()
        .mapToInt(JsonNode::asInt)
        .sum();
  }

  /** More rules, as YAML. */
  public void addFaults(String yaml) throws IOException, InterruptedException {
    Http.post(root.resolve("/_sim/faults"), yaml);
  }

  /** From now on everything goes well. */
  public void clearFaults() throws IOException, InterruptedException {
    Http.delete(root.resolve("/_sim/faults"));
  }
}
