package dev.offpeak.simulator.gemini.request;

import dev.offpeak.simulator.answer.Form;
import dev.offpeak.simulator.scan.TextTally;
import org.jspecify.annotations.Nullable;

/**
 * What the simulator knows of one request. A plain structure that a {@link GeminiScanner} fills
 * field by field as it meets them.
 */
public final class GeminiFacts {
  /** The key of the line, or of the inline request's metadata; empty when there is none. */
  public String key = "";

  /** Where in the buffer the inline request's metadata begins, -1 when there is none. */
  public int metadataStart = -1;

  /** Where it ends. */
  public int metadataEnd = -1;

  /** Where in the buffer the request's bytes begin, -1 when there is no request. */
  public int requestStart = -1;

  /** Where they end. */
  public int requestEnd = -1;

  /** Turns of the conversation, or contents to embed; -1 when there is no such field. */
  public int contents = -1;

  /** Answers asked for. */
  public int candidates = 1;

  /** Length of the embedding, 0 for the model's own. */
  public int dimensions;

  /** The most tokens that may be written, thoughts included. */
  public long maxTokens = Long.MAX_VALUE;

  /** The most tokens of thought, -1 when that is left to the model. */
  public long thinkingBudget = -1;

  /** The cached content that the request goes on from. */
  public @Nullable String cachedContent;

  /** A field that stands where it must not. */
  public @Nullable String misplaced;

  /** What form the answer is to have. */
  public final Form form = new Form();

  /** The text of the request: what it costs to read. */
  public final TextTally text = new TextTally();

  /** Tokens read, without those of cached content. */
  public long promptTokens() {
    return text.tokens(Math.max(1, contents));
  }
}
