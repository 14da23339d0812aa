package dev.offpeak.standalone.command;

import dev.offpeak.core.lane.Provider;
import java.util.List;

/** Families of models that a provider's batch API takes, as globs; the default of a run. */
final class KnownModels {

  /** Chat, reasoning, embeddings, moderation, completions. */
  private static final List<String> OPENAI =
      List.of(
          "gpt-*",
          "chatgpt-*",
          "o1*",
          "o3*",
          "o4*",
          "text-embedding-*",
          "text-moderation-*",
          "omni-moderation-*",
          "davinci-002",
          "babbage-002");

  private static final List<String> ANTHROPIC = List.of("claude-*");

  private static final List<String> GEMINI = List.of("gemini-*", "gemma-*");

  private KnownModels() {}

  static List<String> of(Provider provider) {
    return switch (provider) {
      case OPENAI -> OPENAI;
      case ANTHROPIC -> ANTHROPIC;
      case GEMINI -> GEMINI;
    };
  }
}
