package dev.offpeak.runtime.health;

/** Looks at one thing; called at each probe from any thread, so it must be quick and not block. */
@FunctionalInterface
public interface HealthCheck {

  /** How it is now. */
  CheckResult check();
}
