package dev.offpeak.runtime.config.load;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The variables of the environment that override settings, and which of them were asked for. */
final class EnvironmentOverrides {

  private static final String PREFIX = "OFFPEAK_";

  /**
   * Variables that are read elsewhere: by the launcher, the start-up, the log's settings, and what
   * tests of whole processes ask for.
   */
  private static final Set<String> NOT_SETTINGS =
      Set.of(
          "OFFPEAK_HOME",
          "OFFPEAK_CONFIG",
          "OFFPEAK_JAVA_OPTS",
          "OFFPEAK_LOG_LEVEL",
          "OFFPEAK_QUICK_START",
          "OFFPEAK_FAILPOINT",
          "OFFPEAK_UNSAFE");

  private final Map<String, String> environment;
  private final Predicate<String> ofNeighbours;
  private final Set<String> used = new HashSet<>(NOT_SETTINGS);

  EnvironmentOverrides(Map<String, String> environment) {
    this(environment, _ -> false);
  }

  /**
   * The variables of an environment that is another program's as well.
   *
   * @param ofNeighbours whether a variable is known there
   */
  EnvironmentOverrides(Map<String, String> environment, Predicate<String> ofNeighbours) {
    this.environment = Map.copyOf(environment);
    this.ofNeighbours = ofNeighbours;
  }

  /** The override of a setting; null when there is none. An empty variable counts as not set. */
  @Nullable String take(ConfigPath path) {
    return lookUp(path.variable());
  }

  /** Any variable, for secrets; null when it is not set or empty. */
  @Nullable String lookUp(String name) {
    used.add(name);
    var value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  boolean has(ConfigPath path) {
    return !environment.getOrDefault(path.variable(), "").isEmpty();
  }

  /** Variables that look like settings, but that no setting asked for. */
  List<String> unused() {
    var names = new TreeSet<String>();
    environment.keySet().stream()
        .filter(name -> name.startsWith(PREFIX) && !used.contains(name))
        .filter(name -> !ofNeighbours.test(name))
        .forEach(names::add);
    return List.copyOf(names);
  }

  /** The variables that settings asked for, set or not, for suggestions. */
  Set<String> known() {
    return Set.copyOf(used);
  }
}
