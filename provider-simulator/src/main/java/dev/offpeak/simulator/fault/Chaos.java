package dev.offpeak.simulator.fault;

import java.util.List;

/**
 * Faults of every kind at random. Which call meets which is decided by the simulator's seed, so
 * that a run that went wrong can be had again.
 */
public final class Chaos {
  private static final List<FaultRule> KINDS =
      FaultJson.read(
          """
          - {match: {call: upload_file}, do: {cut_upload_after: 1000}}
          - {match: {call: download_file}, do: {truncate_after: 1000}}
          - {match: {call: create_batch}, do: {job: {hidden_ms: 1000}}}
          - {match: {call: create_batch}, do: {job: {fail_share: 0.2, fail_status: 429}}}
          - {match: {call: create_batch}, do: {job: {expire_at: 0.5}}}
          - {match: {call: create_batch}, do: {job: {cancel_at: 0.5}}}
          - {match: {call: create_batch}, do: {job: {missing: 1, duplicate: 1, foreign: 1, garbled: 1}}}
          - {match: {call: create_batch}, do: {job: {lose_results: true}}}
          - {match: {}, do: {problem: overloaded}}
          - {match: {}, do: {problem: server_error, after_effect: true}}
          - {match: {}, do: {problem: rate_limit, retry: {after_ms: 500, as: seconds}}}
          - {match: {}, do: {problem: timeout, effect_after_ms: 400}}
          - {match: {}, do: {cut: true}}
          - {match: {}, do: {cut: true, after_effect: true}}
          - {match: {}, do: {delay_ms: 300}}
          - {match: {}, do: {hold_ms: 300}}
          """);

  /** How many of the kinds any one call can meet: those for every call and its own. */
  private static final int KINDS_A_CALL = 10;

  private Chaos() {}

  /**
   * The rules by which about that share of all calls meets a fault.
   *
   * @param share 0 to 1
   */
  public static List<FaultRule> rules(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("chaos is " + share + "; it must be between 0 and 1");
    }
    return KINDS.stream().map(rule -> rule.withProbability(share / KINDS_A_CALL)).toList();
  }
}
