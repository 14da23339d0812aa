package dev.offpeak.core.price;

/**
 * Tokens of one or many requests.
 *
 * @param input all input tokens, cached ones included
 * @param cachedInput of these, read from the provider's prompt cache
 * @param cacheWrite of these, written to the provider's prompt cache
 * @param output all output tokens, reasoning included
 * @param reasoning of these, reasoning
 * @param longCacheWrite of the tokens written to the cache, those to be kept for an hour, which
 *     cost more at Anthropic (docs/providers D)
 */
public record TokenUsage(
    long input,
    long cachedInput,
    long cacheWrite,
    long output,
    long reasoning,
    long longCacheWrite) {

  /** Nothing used. */
  public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0, 0);

  /** Usage without cache writes that are kept for long. */
  public TokenUsage(long input, long cachedInput, long cacheWrite, long output, long reasoning) {
    this(input, cachedInput, cacheWrite, output, reasoning, 0);
  }

  /** The sum of both. */
  public TokenUsage plus(TokenUsage other) {
    return new TokenUsage(
        input + other.input,
        cachedInput + other.cachedInput,
        cacheWrite + other.cacheWrite,
        output + other.output,
        reasoning + other.reasoning,
        longCacheWrite + other.longCacheWrite);
  }

  /** Units of one meter; a token is in one of them only. */
  public long quantity(Meter meter) {
    return switch (meter) {
      case INPUT -> Math.max(0, input - cachedInput - cacheWrite);
      case CACHED_INPUT -> cachedInput;
      case CACHE_WRITE_5M -> Math.max(0, cacheWrite - longCacheWrite);
      case CACHE_WRITE_1H -> longCacheWrite;
      case OUTPUT -> output;
    };
  }
}
