package dev.offpeak.simulator.openai.rules;

import dev.offpeak.simulator.json.RulesReader;
import java.nio.charset.StandardCharsets;

/**
 * Rules as JSON or YAML, for instance {@code {"limits":{"max_requests":100},
 * "quirks":{"shuffled_output":false}}}. What is not named keeps its default.
 */
public final class OpenAiRulesJson {
  private static final RulesReader<OpenAiRules> READER =
      new RulesReader<>("OpenAI", OpenAiRules.STRICT, OpenAiRules.class);

  private OpenAiRulesJson() {}

  /** Reads rules; see {@link #read(byte[])}. */
  public static OpenAiRules read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads rules.
   *
   * @throws IllegalArgumentException when the text names something that is no rule
   */
  public static OpenAiRules read(byte[] text) {
    return READER.read(text);
  }
}
