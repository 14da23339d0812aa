package dev.offpeak.simulator.openai.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.answer.Form;
import dev.offpeak.simulator.scan.TextTally;
import org.jspecify.annotations.Nullable;

/**
 * What the simulator knows of one request. A plain structure that a {@link RequestScanner} fills
 * field by field as it meets them.
 */
public final class RequestFacts {
  /** The line's {@code custom_id}; null when missing or no string, as the other texts here. */
  public @Nullable String customId;

  /** The line's {@code method}. */
  public @Nullable String method;

  /** The line's {@code url}. */
  public @Nullable String url;

  /** Where in the buffer the body's bytes begin; -1 when there is no body. */
  public int bodyStart = -1;

  /** Where they end. */
  public int bodyEnd = -1;

  /** The body's {@code model}. */
  public @Nullable String model;

  /** Whether the body asks for a streamed answer. */
  public boolean stream;

  /** Whether the body has {@code messages}. */
  public boolean hasMessages;

  /** Whether the body has {@code input}. */
  public boolean hasInput;

  /** Whether the body has {@code prompt}. */
  public boolean hasPrompt;

  /** Whether embeddings are to be packed. */
  public boolean base64;

  /** Messages, inputs or prompts: 1 for a single one. */
  public int items;

  /** Answers asked for ({@code n}). */
  public int choices = 1;

  /** Length of embeddings, 0 for the model's own. */
  public int dimensions;

  /** The most tokens that may be written. */
  public long maxTokens = Long.MAX_VALUE;

  /** The field that says so. */
  public @Nullable String maxTokensParam;

  /** Whether a stream is to end with what it cost. */
  public boolean includeUsage;

  /** The body's {@code tools}; answers quote it, and the next two. */
  public @Nullable JsonNode tools;

  /** The body's {@code tool_choice}. */
  public @Nullable JsonNode toolChoice;

  /** The body's {@code text}. */
  public @Nullable JsonNode textOptions;

  /** What form the answer is to have. */
  public final Form form = new Form();

  /** The text of the body: what it costs to read. */
  public final TextTally text = new TextTally();

  /** Tokens read. */
  public long promptTokens() {
    return text.tokens(items);
  }

  /** The model, empty when there is none. */
  public String modelOrEmpty() {
    return model == null ? "" : model;
  }
}
