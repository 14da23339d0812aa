package dev.offpeak.runtime.health;

import java.util.List;

/**
 * What all checks of a kind found.
 *
 * @param entries in the order in which the checks were added
 */
public record HealthReport(List<Entry> entries) {

  /** One check's name and result. */
  public record Entry(String name, CheckResult result) {}

  public HealthReport {
    entries = List.copyOf(entries);
  }

  /** Whether every check is well. */
  public boolean isOk() {
    return entries.stream().noneMatch(entry -> entry.result() instanceof CheckResult.NotOk);
  }
}
