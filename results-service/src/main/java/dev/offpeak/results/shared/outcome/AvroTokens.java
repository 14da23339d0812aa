package dev.offpeak.results.shared.outcome;

import dev.offpeak.core.price.TokenUsage;
import dev.offpeak.schemas.avro.Tokens;

/** Used tokens as they stand in llm.results and llm.usage. */
public final class AvroTokens {

  private AvroTokens() {}

  /** The record of that usage. */
  public static Tokens of(TokenUsage usage) {
    return new Tokens(
        usage.input(), usage.cachedInput(), usage.cacheWrite(), usage.output(), usage.reasoning());
  }
}
