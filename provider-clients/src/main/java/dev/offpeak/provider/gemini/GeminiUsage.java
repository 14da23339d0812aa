package dev.offpeak.provider.gemini;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.core.price.ReportedUsage;
import dev.offpeak.core.price.TokenUsage;
import dev.offpeak.provider.foreign.TokenCounts;
import java.io.IOException;
import java.util.Set;

/**
 * The {@code usageMetadata} of a response (docs/providers C1). The prompt's count has the cached
 * tokens in it, the candidates' count does not have the thoughts. Embeddings have shorter names.
 */
final class GeminiUsage {

  private static final Set<String> PRICED_AS_INPUT =
      Set.of("TEXT", "IMAGE", "VIDEO", "DOCUMENT", "MODALITY_UNSPECIFIED");
  private static final Set<String> PRICED_AS_OUTPUT = Set.of("TEXT", "MODALITY_UNSPECIFIED");

  private GeminiUsage() {}

  /** Reads the value that is the current token, to its end; nothing when it is not an object. */
  static ReportedUsage read(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      in.skipChildren();
      return ReportedUsage.MISSING;
    }
    TokenCounts counts = new TokenCounts();
    long prompt = 0;
    long tools = 0;
    long cached = 0;
    long candidates = 0;
    long thoughts = 0;
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "promptTokenCount", "promptTokens" -> prompt = counts.read(in);
        case "toolUsePromptTokenCount" -> tools = counts.read(in);
        case "cachedContentTokenCount" -> cached = counts.read(in);
        case "candidatesTokenCount", "responseTokenCount", "responseTokens" ->
            candidates = counts.read(in);
        case "thoughtsTokenCount" -> thoughts = counts.read(in);
        case "promptTokensDetails", "toolUsePromptTokensDetails" ->
            readModalities(in, counts, PRICED_AS_INPUT);
        case "candidatesTokensDetails" -> readModalities(in, counts, PRICED_AS_OUTPUT);
        default -> in.skipChildren();
      }
    }
    return counts.of(new TokenUsage(prompt + tools, cached, 0, candidates + thoughts, thoughts));
  }

  /** Tokens of kinds whose price is not that of text. */
  private static void readModalities(JsonParser in, TokenCounts counts, Set<String> priced)
      throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      in.skipChildren();
      return;
    }
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (in.currentToken() == JsonToken.START_OBJECT) {
        readModality(in, counts, priced);
      } else {
        in.skipChildren();
      }
    }
  }

  private static void readModality(JsonParser in, TokenCounts counts, Set<String> priced)
      throws IOException {
    TokenCounts own = new TokenCounts();
    boolean asText = true;
    long tokens = 0;
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "modality" ->
            asText = in.currentToken() != JsonToken.VALUE_STRING || priced.contains(in.getText());
        case "tokenCount" -> tokens = own.read(in);
        default -> in.skipChildren();
      }
    }
    if (!asText && tokens > 0) {
      counts.foundOther();
    }
  }

  /** A count that stands alone, as embeddings have it, which have no output. */
  static ReportedUsage readCount(JsonParser in) throws IOException {
    TokenCounts counts = new TokenCounts();
    return counts.of(new TokenUsage(counts.read(in), 0, 0, 0, 0));
  }
}
