package dev.offpeak.provider.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.core.price.ReportedUsage;
import dev.offpeak.core.price.TokenUsage;
import dev.offpeak.provider.foreign.TokenCounts;
import java.io.IOException;

/**
 * The {@code usage} object of all endpoints: chat, completions and embeddings say prompt and
 * completion tokens, responses and images say input and output tokens; each has its own details
 * object for cached and reasoning tokens.
 */
final class OpenAiUsage {

  private final TokenCounts counts = new TokenCounts();
  private long input;
  private long cached;
  private long cacheWrite;
  private long output;
  private long reasoning;

  private OpenAiUsage() {}

  /** Reads the value that is the current token, to its end; nothing when it is not an object. */
  static ReportedUsage read(JsonParser in) throws IOException {
    OpenAiUsage usage = new OpenAiUsage();
    usage.readObject(in);
    return usage.counts.of(
        new TokenUsage(usage.input, usage.cached, usage.cacheWrite, usage.output, usage.reasoning));
  }

  private void readObject(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      in.skipChildren();
      return;
    }
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "prompt_tokens", "input_tokens" -> input = counts.read(in);
        case "completion_tokens", "output_tokens" -> output = counts.read(in);
        case "cached_tokens" -> cached = counts.read(in);
        case "cache_write_tokens" -> cacheWrite = counts.read(in);
        case "audio_tokens" -> counts.readOther(in);
        case "reasoning_tokens" -> reasoning = counts.read(in);
        case "prompt_tokens_details",
            "input_tokens_details",
            "completion_tokens_details",
            "output_tokens_details" ->
            readObject(in);
        default -> in.skipChildren();
      }
    }
  }
}
