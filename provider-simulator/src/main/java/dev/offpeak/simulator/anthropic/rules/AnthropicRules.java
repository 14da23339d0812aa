package dev.offpeak.simulator.anthropic.rules;

import dev.offpeak.simulator.json.RulesReader;
import java.nio.charset.StandardCharsets;

/**
 * How strict and how odd the stand-in for Anthropic is.
 *
 * @param limits what it allows
 * @param quirks what it does besides the reference
 */
public record AnthropicRules(AnthropicLimits limits, AnthropicQuirks quirks) {
  /** The documented limits and all observed quirks. */
  public static final AnthropicRules STRICT =
      new AnthropicRules(AnthropicLimits.DOCUMENTED, AnthropicQuirks.OBSERVED);

  private static final RulesReader<AnthropicRules> READER =
      new RulesReader<>("Anthropic", STRICT, AnthropicRules.class);

  /** Reads rules; see {@link #read(byte[])}. */
  public static AnthropicRules read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads rules from JSON or YAML: what is not named keeps its default.
   *
   * @throws IllegalArgumentException when the text names something that is no rule
   */
  public static AnthropicRules read(byte[] text) {
    return READER.read(text);
  }
}
