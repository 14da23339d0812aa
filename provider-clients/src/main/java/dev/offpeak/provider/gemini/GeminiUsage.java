package dev.offpeak.provider.gemini;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.core.price.TokenUsage;
import java.io.IOException;

/**
 * The {@code usageMetadata} of a response (PROVIDERS.md C1). The prompt's count has the cached
 * tokens in it, the candidates' count does not have the thoughts. Embeddings have shorter names.
 */
final class GeminiUsage {

  private GeminiUsage() {}

  /** Reads the value that is the current token, to its end; nothing when it is not an object. */
  static TokenUsage read(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      in.skipChildren();
      return TokenUsage.NONE;
    }
    long prompt = 0;
    long tools = 0;
    long cached = 0;
    long candidates = 0;
    long thoughts = 0;
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "promptTokenCount", "promptTokens" -> prompt = in.getValueAsLong();
        case "toolUsePromptTokenCount" -> tools = in.getValueAsLong();
        case "cachedContentTokenCount" -> cached = in.getValueAsLong();
        case "candidatesTokenCount", "responseTokenCount", "responseTokens" ->
            candidates = in.getValueAsLong();
        case "thoughtsTokenCount" -> thoughts = in.getValueAsLong();
        default -> {}
      }
      in.skipChildren();
    }
    return new TokenUsage(prompt + tools, cached, 0, candidates + thoughts, thoughts);
  }
}
