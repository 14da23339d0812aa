package dev.offpeak.simulator.openai;

import org.jspecify.annotations.Nullable;

/**
 * What the simulator knows of one request. Filled by a {@link RequestScanner} and reused for its
 * next line, because this is the hot path.
 */
final class RequestFacts {
  /** The line's fields; null when missing or no string. */
  @Nullable String customId;

  @Nullable String method;
  @Nullable String url;

  /** Where in the line the body's bytes are; -1 when there is no body. */
  int bodyStart = -1;

  int bodyEnd = -1;

  /** The body's fields. */
  @Nullable String model;

  boolean stream;
  boolean hasMessages;
  boolean hasInput;
  boolean hasPrompt;
  boolean wantsJson;
  boolean base64;

  /** Messages, inputs or prompts: 1 for a single one. */
  int items;

  /** Answers asked for ({@code n}). */
  int choices = 1;

  int dimensions;
  long maxTokens = Long.MAX_VALUE;
  @Nullable String maxTokensParam;

  /** Characters of text in the body: what it costs to read. */
  long textChars;

  /** The beginning of the last text, to be quoted in the answer. */
  String topic = "";

  /** Tokens read, at four characters a token. */
  long promptTokens() {
    return Math.ceilDiv(textChars, 4L) + 3L + 4L * items;
  }
}
