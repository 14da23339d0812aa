package dev.offpeak.core.price;

import dev.offpeak.core.lane.Provider;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What input that was read from the prompt cache costs within a batch (docs/providers D). */
public enum CachedInBatch {
  /** Half of its synchronous price: the discounts multiply. */
  HALF,
  /** Its full synchronous price. */
  AS_SYNC,
  /** As much as other input of the batch: no discount for the cache. */
  AS_INPUT;

  private static final Pattern GPT = Pattern.compile("gpt-(\\d{1,3})\\b.*");
  private static final int FIRST_GPT_THAT_STACKS = 5;

  /**
   * The rule where a price list does not say: at Anthropic discounts multiply, at Gemini the cache
   * costs its full price, at OpenAI they multiply from GPT-5 on (as third parties report) and do
   * not before.
   */
  public static CachedInBatch usual(Provider provider, String model) {
    return switch (provider) {
      case ANTHROPIC -> HALF;
      case GEMINI -> AS_SYNC;
      case OPENAI -> {
        Matcher gpt = GPT.matcher(model);
        boolean stacks = gpt.matches() && Integer.parseInt(gpt.group(1)) >= FIRST_GPT_THAT_STACKS;
        yield stacks ? HALF : AS_INPUT;
      }
    };
  }

  long of(Rates sync, long batchInput) {
    return switch (this) {
      case HALF -> Rates.half(sync.cachedInput());
      case AS_SYNC -> sync.cachedInput();
      case AS_INPUT -> batchInput;
    };
  }
}
