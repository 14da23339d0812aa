package dev.offpeak.system.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.system.world.Http;
import dev.offpeak.system.world.SimulatorDesk;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the provider says that it executed, by the hash of each request's body: the requests of a
 * run all have bodies of their own, and a request that is submitted again has a new id, but the
 * same body.
 */
public final class Billing {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, int[]> byBody = new HashMap<>();
  private int executions;

  private Billing() {}

  /** Reads the whole ledger. */
  public static Billing of(SimulatorDesk simulator) throws IOException, InterruptedException {
    Billing billing = new Billing();
    try (InputStream lines = Http.open(simulator.ledger());
        MappingIterator<JsonNode> entries = JSON.readerFor(JsonNode.class).readValues(lines)) {
      while (entries.hasNextValue()) {
        billing.add(entries.nextValue());
      }
    }
    return billing;
  }

  private void add(JsonNode entry) {
    executions++;
    int[] counts = byBody.computeIfAbsent(entry.get("body_sha256").asText(), _ -> new int[2]);
    counts[0]++;
    counts[1] += entry.get("billed").asBoolean() ? 1 : 0;
  }

  /** Executions, billed or not. */
  public int executions() {
    return executions;
  }

  /** Different bodies that were executed. */
  public int bodies() {
    return byBody.size();
  }

  /** Bodies that were billed more than once: there must be none. */
  public List<String> billedTwice() {
    return byBody.entrySet().stream()
        .filter(body -> body.getValue()[1] > 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Bodies that were executed more than once, billed or not. */
  public long executedAgain() {
    return byBody.values().stream().filter(counts -> counts[0] > 1).count();
  }
}
