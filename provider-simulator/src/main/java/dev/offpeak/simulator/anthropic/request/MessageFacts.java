package dev.offpeak.simulator.anthropic.request;

import dev.offpeak.simulator.answer.Form;
import dev.offpeak.simulator.scan.TextTally;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the simulator knows of one request. A plain structure that a {@link MessageScanner} fills
 * field by field as it meets them.
 */
public final class MessageFacts {
  /** The {@code custom_id}, empty for a synchronous call. */
  public String customId = "";

  /** Where in the buffer the params' bytes begin. */
  public int paramsStart;

  /** Where they end. */
  public int paramsEnd;

  /** The {@code model}; null when missing or no string. */
  public @Nullable String model;

  /** Whether a streamed answer is asked for. */
  public boolean stream;

  /** Whether there is an array of {@code messages}. */
  public boolean hasMessages;

  /** How many messages there are. */
  public int messages;

  /** Whether {@code max_tokens} is there. */
  public boolean hasMaxTokens;

  /** The most tokens that may be written. */
  public long maxTokens;

  /** Whether extended thinking is asked for. */
  public boolean thinks;

  /** What form the answer is to have. */
  public final Form form = new Form();

  /** Names of all params. */
  public final List<String> names = new ArrayList<>();

  /** The text of the params: what it costs to read. */
  public final TextTally text = new TextTally();

  /** Tokens read. */
  public long promptTokens() {
    return text.tokens(messages);
  }

  /** The model, empty when there is none. */
  public String modelOrEmpty() {
    return model == null ? "" : model;
  }
}
