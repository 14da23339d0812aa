package dev.offpeak.system.chaos;

import java.time.Duration;

/** How the simulator ill-treats its callers while processes are killed, as fault rules in YAML. */
public final class ProviderFaults {

  private ProviderFaults() {}

  /**
   * Answers lost after the effect, errors after it, effects after the answer, slow creates and torn
   * transfers; never a request that fails by itself.
   *
   * @param slow how long a slow create takes
   */
  public static String of(Duration slow) {
    return """
    - {match: {call: create_batch, probability: 0.06}, do: {cut: true, after_effect: true}}
    - {match: {call: create_batch, probability: 0.06}, do: {status: 500, after_effect: true}}
    - {match: {call: create_batch, probability: 0.03}, do: {cut: true}}
    - {match: {call: create_batch, probability: 0.03}, do: {problem: timeout, effect_after_ms: 1500}}
    - {match: {call: create_batch, probability: 0.02}, do: {hold_ms: %1$d}}
    - {match: {call: create_batch, provider: openai, probability: 0.03}, do: {delay_ms: %1$d}}
    - {match: {call: create_batch, provider: gemini, probability: 0.03}, do: {delay_ms: %1$d}}
    - {match: {call: create_batch, probability: 0.05}, do: {job: {hidden_ms: 1000}}}
    - {match: {call: download_file, probability: 0.10}, do: {truncate_after: 700}}
    - {match: {call: download_file, probability: 0.05}, do: {problem: server_error}}
    - {match: {call: upload_file, probability: 0.05}, do: {cut: true, after_effect: true}}
    - {match: {call: upload_file, probability: 0.05}, do: {cut_upload_after: 300}}
    - {match: {call: list_batches, probability: 0.05}, do: {problem: server_error}}
    - {match: {call: get_batch, probability: 0.05}, do: {problem: server_error}}
    - {match: {call: get_batch, probability: 0.05}, do: {cut: true}}
    - {match: {call: sync, probability: 0.05}, do: {cut: true, after_effect: true}}
    - {match: {call: sync, probability: 0.02}, do: {status: 500, after_effect: true}}
    - {match: {call: sync, probability: 0.10}, do: {problem: rate_limit}}
    - {match: {call: sync, probability: 0.05}, do: {hold_ms: 5000}}
    """
        .formatted(slow.toMillis());
  }
}
