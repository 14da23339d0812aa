package dev.offpeak.provider.anthropic;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.core.price.ReportedUsage;
import dev.offpeak.core.price.TokenUsage;
import dev.offpeak.provider.foreign.TokenCounts;
import java.io.IOException;

/**
 * The {@code usage} of a message. Its {@code input_tokens} are those that the cache had no part in,
 * so the sum of three is what was put in (docs/providers B1).
 */
final class AnthropicUsage {

  private AnthropicUsage() {}

  /** Reads the value that is the current token, to its end; nothing when it is not an object. */
  static ReportedUsage read(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      in.skipChildren();
      return ReportedUsage.MISSING;
    }
    TokenCounts counts = new TokenCounts();
    long plain = 0;
    long written = 0;
    long writtenForLong = 0;
    long cached = 0;
    long output = 0;
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "input_tokens" -> plain = counts.read(in);
        case "cache_creation_input_tokens" -> written = counts.read(in);
        case "cache_read_input_tokens" -> cached = counts.read(in);
        case "cache_creation" -> writtenForLong = longWrite(in, counts);
        case "output_tokens" -> output = counts.read(in);
        case "server_tool_use" -> readTools(in, counts);
        default -> in.skipChildren();
      }
    }
    return counts.of(
        new TokenUsage(
            plain + written + cached,
            cached,
            written,
            output,
            0,
            Math.min(writtenForLong, written)));
  }

  /**
   * Searches are billed by themselves, at no discount in a batch; fetches are not (docs/providers
   * D).
   */
  private static void readTools(JsonParser in, TokenCounts counts) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      in.skipChildren();
      return;
    }
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String field = in.currentName();
      in.nextToken();
      if (field.equals("web_search_requests")) {
        counts.readOther(in);
      } else {
        in.skipChildren();
      }
    }
  }

  private static long longWrite(JsonParser in, TokenCounts counts) throws IOException {
    long tokens = 0;
    if (in.currentToken() != JsonToken.START_OBJECT) {
      in.skipChildren();
      return tokens;
    }
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String field = in.currentName();
      in.nextToken();
      if (field.equals("ephemeral_1h_input_tokens")) {
        tokens = counts.read(in);
      } else {
        in.skipChildren();
      }
    }
    return tokens;
  }
}
