package dev.offpeak.simulator.answer;

/**
 * Tokens of one answer or of many.
 *
 * @param input tokens read, cached ones and those written to a cache included
 * @param cached those of them that came from a cache
 * @param cacheWrites those of them that were written to a cache, at a price of their own
 * @param output tokens written, reasoning included
 * @param reasoning those of them that were reasoning
 */
public record TokenCount(long input, long cached, long cacheWrites, long output, long reasoning) {
  /** No tokens. */
  public static final TokenCount NONE = new TokenCount(0, 0, 0, 0, 0);

  /** Only tokens read. */
  public static TokenCount ofInput(long input) {
    return new TokenCount(input, 0, 0, 0, 0);
  }

  /** Both together. */
  public TokenCount plus(TokenCount other) {
    return new TokenCount(
        input + other.input,
        cached + other.cached,
        cacheWrites + other.cacheWrites,
        output + other.output,
        reasoning + other.reasoning);
  }
}
