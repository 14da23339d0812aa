package dev.offpeak.simulator.openai.rules;

import java.util.Map;

/**
 * How strict and how odd the stand-in for OpenAI is.
 *
 * @param limits what it allows
 * @param quirks what it does besides the reference
 * @param codeNames other names for validation codes, for instance {@code invalid_url} → {@code
 *     mismatched_endpoint}
 * @param azure whether it is Azure's
 * @param compatible how it differs as other servers do
 */
public record OpenAiRules(
    OpenAiLimits limits,
    OpenAiQuirks quirks,
    Map<String, String> codeNames,
    AzureRules azure,
    CompatibleRules compatible) {
  /** The documented limits and all observed quirks. */
  public static final OpenAiRules STRICT =
      new OpenAiRules(
          OpenAiLimits.DOCUMENTED,
          OpenAiQuirks.OBSERVED,
          Map.of(),
          AzureRules.OFF,
          CompatibleRules.OPENAI);

  /** Copies the names. */
  public OpenAiRules {
    codeNames = Map.copyOf(codeNames);
    boolean others = azure.on() || !compatible.equals(CompatibleRules.OPENAI);
    if (others && limits.models().equals(OpenAiLimits.DOCUMENTED.models())) {
      // Deployments and the models of other servers have any names.
      limits = limits.withAnyModel();
    }
  }
}
