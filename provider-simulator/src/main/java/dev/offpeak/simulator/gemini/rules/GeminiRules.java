package dev.offpeak.simulator.gemini.rules;

import dev.offpeak.simulator.json.RulesReader;
import java.nio.charset.StandardCharsets;

/**
 * How strict and how odd the stand-in for Gemini is.
 *
 * @param limits what it allows
 * @param quirks what it does besides the reference
 */
public record GeminiRules(GeminiLimits limits, GeminiQuirks quirks) {
  /** The documented limits and all observed quirks. */
  public static final GeminiRules STRICT =
      new GeminiRules(GeminiLimits.DOCUMENTED, GeminiQuirks.OBSERVED);

  private static final RulesReader<GeminiRules> READER =
      new RulesReader<>("Gemini", STRICT, GeminiRules.class);

  /** Reads rules; see {@link #read(byte[])}. */
  public static GeminiRules read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads rules from JSON or YAML: what is not named keeps its default.
   *
   * @throws IllegalArgumentException when the text names something that is no rule
   */
  public static GeminiRules read(byte[] text) {
    return READER.read(text);
  }
}
