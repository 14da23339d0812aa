package dev.offpeak.simulator.openai.rules;

import java.util.List;

/**
 * How the stand-in differs as other servers do that speak OpenAI's files and batches API.
 *
 * @param windows the completion windows that a create may ask for
 * @param metadata whether a create may have metadata; otherwise they are refused
 */
public record CompatibleRules(List<String> windows, boolean metadata) {

  /** OpenAI's own. */
  public static final CompatibleRules OPENAI = new CompatibleRules(List.of("24h"), true);

  /** Copies the windows. */
  public CompatibleRules {
    windows = List.copyOf(windows);
  }
}
