package dev.offpeak.runtime.health;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checks of a process. A liveness check that fails says that only a restart helps; a readiness
 * check that fails says that the process cannot work now but may again.
 */
public final class Health {

  private static final Logger LOGGER = LoggerFactory.getLogger(Health.class);

  private record Named(String name, HealthCheck check) {}

  private final List<Named> liveness = new CopyOnWriteArrayList<>();
  private final List<Named> readiness = new CopyOnWriteArrayList<>();
  private final List<Supplier<List<Waiting>>> waits = new CopyOnWriteArrayList<>();

  /** Adds a check that fails only when the process should be restarted. */
  public void addLiveness(String name, HealthCheck check) {
    liveness.add(new Named(name, check));
  }

  /** Adds a check that fails while the process cannot do its work. */
  public void addReadiness(String name, HealthCheck check) {
    readiness.add(new Named(name, check));
  }

  /** Adds somebody who knows of work that waits. */
  public void addWaits(Supplier<List<Waiting>> waiting) {
    waits.add(waiting);
  }

  /** All work that waits, whatever has waited longest first. */
  public List<Waiting> waits() {
    return waits.stream()
        .flatMap(each -> each.get().stream())
        .sorted(Comparator.comparing(Waiting::since))
        .toList();
  }

  /** Whether a restart is needed. */
  public HealthReport liveness() {
    return run(liveness);
  }

  /** Whether the process can work now. */
  public HealthReport readiness() {
    return run(readiness);
  }

  private static HealthReport run(List<Named> checks) {
    return new HealthReport(
        checks.stream()
            .map(named -> new HealthReport.Entry(named.name(), resultOf(named)))
            .toList());
  }

  private static CheckResult resultOf(Named named) {
    try {
      return named.check().check();
    } catch (RuntimeException e) {
      LOGGER.atWarn().setCause(e).addKeyValue("check", named.name()).log("health check failed");
      return CheckResult.notOk("the check itself failed: " + e);
    }
  }
}
