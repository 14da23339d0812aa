package dev.offpeak.simulator;

import dev.offpeak.simulator.anthropic.rules.AnthropicRules;
import dev.offpeak.simulator.billing.BillingRules;
import dev.offpeak.simulator.gemini.rules.GeminiRules;
import dev.offpeak.simulator.json.RulesReader;
import dev.offpeak.simulator.openai.rules.OpenAiRules;

/**
 * How strict and how odd the stand-ins are.
 *
 * @param openai the one for OpenAI
 * @param anthropic the one for Anthropic
 * @param gemini the one for Gemini
 * @param billing who may read the bill, and what is wrong with it
 */
public record ProviderRules(
    OpenAiRules openai, AnthropicRules anthropic, GeminiRules gemini, BillingRules billing) {
  /** The documented limits and all observed quirks. */
  public static final ProviderRules STRICT =
      new ProviderRules(
          OpenAiRules.STRICT, AnthropicRules.STRICT, GeminiRules.STRICT, BillingRules.HONEST);

  /**
   * Reads rules from JSON or YAML, for instance {@code anthropic: {limits: {max_requests: 100}}}.
   * What is not named keeps its default.
   *
   * @throws IllegalArgumentException when the text names something that is no rule
   */
  static ProviderRules read(byte[] text) {
    return new RulesReader<>("the providers", STRICT, ProviderRules.class).read(text);
  }
}
