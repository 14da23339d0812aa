package dev.offpeak.ingest.proxy;

import dev.offpeak.ingest.http.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * What is to be called.
 *
 * @param dialect whose API it is of
 * @param path behind an account's base URL, encoded as the client has sent it
 * @param model where the path names it; null where the body does
 * @param otherwise the model when neither does; null when one is needed
 */
record Call(Dialect dialect, String path, @Nullable String model, @Nullable String otherwise) {

  /** As requests of batches name it. */
  String endpoint() {
    return switch (dialect) {
      case OPENAI -> "/v1" + path;
      case ANTHROPIC -> path;
      case GEMINI ->
          path.endsWith("mbedContent") || path.endsWith("EmbedContents")
              ? "embedContent"
              : "generateContent";
    };
  }

  /** Whether it is billed: counting tokens is not. */
  boolean isMetered() {
    return !path.endsWith("/count_tokens") && !path.endsWith(":countTokens");
  }

  static Call ofBody(Dialect dialect, String path) {
    return new Call(dialect, path, null, null);
  }
}
