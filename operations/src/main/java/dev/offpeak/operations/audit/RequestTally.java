package dev.offpeak.operations.audit;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Requests counted by tenant and by what became of them. Not thread-safe. */
public final class RequestTally {

  private final Map<String, EnumMap<Count, Long>> tenants = new TreeMap<>();

  /** What became of a request. */
  public enum Count {
    RESULTS,
    FAILURES,
    DROPPED,
    IN_FLIGHT,
    MISSING
  }

  void add(String tenant, Count what) {
    tenants.computeIfAbsent(tenant, _ -> new EnumMap<>(Count.class)).merge(what, 1L, Long::sum);
  }

  /** An unchanging copy. */
  Map<String, Map<Count, Long>> byTenant() {
    Map<String, Map<Count, Long>> copy = new TreeMap<>();
    tenants.forEach((tenant, counts) -> copy.put(tenant, Map.copyOf(counts)));
    return copy;
  }

  long total(Count what) {
    return tenants.values().stream().mapToLong(counts -> counts.getOrDefault(what, 0L)).sum();
  }
}
