package dev.offpeak.standalone.command;

import java.util.List;

/** Families of models that a provider's batch API takes, as globs; the default of a run. */
final class KnownModels {

  /** OpenAI: chat, reasoning, embeddings, moderation, completions. */
  static final List<String> OPENAI =
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

  private KnownModels() {}
}
