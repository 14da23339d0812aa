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

  /** How often each kind of call was made, and what was answered. */
  public JsonNode calls() throws IOException, InterruptedException {
    return JSON.readTree(Http.get(root.resolve("/_sim/calls")));
  }

  /** The rules in force, and how often each has happened. */
  public JsonNode faults() throws IOException, InterruptedException {
    return JSON.readTree(Http.get(root.resolve("/_sim/faults")));
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
