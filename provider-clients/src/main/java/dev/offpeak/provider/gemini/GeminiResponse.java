package dev.offpeak.provider.gemini;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.core.price.ReportedUsage;
import dev.offpeak.provider.line.LineBytes;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A response, read as far as it says whether there is an answer in it. */
final class GeminiResponse {

  private String model = "";
  private @Nullable String responseId;
  private @Nullable String blockReason;
  private ReportedUsage usage = ReportedUsage.MISSING;
  private ReportedUsage tokenCount = ReportedUsage.MISSING;
  private boolean hasList;
  private boolean hasAnswer;

  /** Reads the object whose first brace is the current token, to its last. */
  void read(JsonParser in) throws IOException {
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String field = in.currentName();
      JsonToken value = in.nextToken();
      switch (field) {
        case "modelVersion" -> model = Objects.requireNonNullElse(LineBytes.text(in), "");
        case "responseId" -> responseId = LineBytes.text(in);
        case "usageMetadata" -> usage = GeminiUsage.read(in);
        case "tokenCount" -> tokenCount = GeminiUsage.readCount(in);
        case "candidates", "embeddings" -> {
          hasList = true;
          hasAnswer |= hasItems(in);
        }
        case "embedding" -> {
          hasAnswer |= value == JsonToken.START_OBJECT;
          in.skipChildren();
        }
        case "promptFeedback" -> blockReason = LineBytes.textOf(in, "blockReason");
        default -> in.skipChildren();
      }
    }
  }

  /** Whether it is a list with something in it: a candidate without a word in it is none. */
  private static boolean hasItems(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      in.skipChildren();
      return false;
    }
    boolean some = false;
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (in.currentToken() == JsonToken.START_OBJECT) {
        while (in.nextToken() != JsonToken.END_OBJECT) {
          some = true;
          in.nextToken();
          in.skipChildren();
        }
      } else {
        in.skipChildren();
      }
    }
    return some;
  }

  String model() {
    return model;
  }

  @Nullable String responseId() {
    return responseId;
  }

  /** Embeddings may have a count of their own in its place (docs/providers C1). */
  ReportedUsage usage() {
    return usage.equals(ReportedUsage.MISSING) ? tokenCount : usage;
  }

  boolean hasAnswer() {
    return hasAnswer;
  }

  boolean hasList() {
    return hasList;
  }

  /** Why the prompt was not answered; null when it was, or nothing is said. */
  @Nullable String blockReason() {
    return blockReason;
  }
}
