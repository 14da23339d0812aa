package dev.offpeak.simulator.fault;

import dev.offpeak.simulator.chance.Mix;
import java.util.ArrayList;
import java.util.List;

/** The rules in force. Each call is met by the first rule that matches it and is due. */
public final class Faults {
  private final long seed;
  private final List<Active> rules = new ArrayList<>();

  private static final class Active {
    final FaultRule rule;
    int seen;
    int happened;

    Active(FaultRule rule) {
      this.rule = rule;
    }
  }

  /**
   * A rule and what became of it.
   *
   * @param rule the rule
   * @param seen matching calls so far
   * @param happened times the fault happened
   */
  public record FaultCount(FaultRule rule, int seen, int happened) {}

  /**
   * @param seed decides the chances of rules with a probability
   * @param rules those in force from the start
   */
  public Faults(long seed, List<FaultRule> rules) {
    this.seed = seed;
    add(rules);
  }

  /** Adds rules behind those in force. */
  public synchronized void add(List<FaultRule> more) {
    more.forEach(rule -> rules.add(new Active(rule)));
  }

  /** Removes all rules. */
  public synchronized void clear() {
    rules.clear();
  }

  /** The rules in force with their counts. */
  public synchronized List<FaultCount> list() {
    return rules.stream().map(a -> new FaultCount(a.rule, a.seen, a.happened)).toList();
  }

  /** What happens to a call with that key. Counts the call for every rule that matches it. */
  public synchronized FaultAction meet(String provider, String call, String key) {
    FaultAction action = FaultAction.NONE;
    boolean met = false;
    for (int i = 0; i < rules.size(); i++) {
      Active active = rules.get(i);
      if (!active.rule.match().covers(provider, call, key)) {
        continue;
      }
      active.seen++;
      if (!met && due(active, i)) {
        met = true;
        active.happened++;
        action = active.rule.then();
      }
    }
    return action;
  }

  private boolean due(Active active, int place) {
    FaultRule rule = active.rule;
    if (active.happened >= rule.mostTimes()) {
      return false;
    }
    Integer nth = rule.match().nth();
    if (nth != null && nth != active.seen) {
      return false;
    }
    Double probability = rule.match().probability();
    return probability == null || Mix.unit(Mix.mix(seed + place, active.seen)) < probability;
  }
}
