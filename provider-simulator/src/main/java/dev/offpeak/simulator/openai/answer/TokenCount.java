package dev.offpeak.simulator.openai.answer;

/**
 * Tokens of one answer or of many.
 *
 * @param input tokens read, cached ones included
 * @param cached those of them that were cached
 * @param output tokens written, reasoning included
 * @param reasoning those of them that were reasoning
 */
public record TokenCount(long input, long cached, long output, long reasoning) {
  /** No tokens. */
  public static final TokenCount NONE = new TokenCount(0, 0, 0, 0);

  /** Both together. */
  public TokenCount plus(TokenCount other) {
    return new TokenCount(
        input + other.input,
        cached + other.cached,
        output + other.output,
        reasoning + other.reasoning);
  }
}
