package dev.offpeak.standalone.node;

import dev.offpeak.core.lane.Provider;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Families of models that a provider's batch API takes, as globs; the default of a run. */
public final class KnownModels {

  /**
   * Chat, reasoning, embeddings, moderation, completions, pictures, films, and what users have
   * tuned.
   */
  private static final List<String> OPENAI =
      List.of(
          "gpt-*",
          "chatgpt-*",
          "o1*",
          "o3*",
          "o4*",
          "ft:*",
          "codex-*",
          "computer-use-*",
          "sora-*",
          "dall-e-*",
          "text-embedding-*",
          "text-moderation-*",
          "omni-moderation-*",
          "davinci-002",
          "babbage-002");

  private static final List<String> ANTHROPIC = List.of("claude-*");

  private static final List<String> GEMINI = List.of("gemini-*", "gemma-*");

  private KnownModels() {}

  /** Those of one provider. */
  public static List<String> of(Provider provider) {
    return switch (provider) {
      case OPENAI -> OPENAI;
      case ANTHROPIC -> ANTHROPIC;
      case GEMINI -> GEMINI;
    };
  }

  /**
   * Every model but those that are known to be another provider's: what a provider itself is to
   * judge, when it is asked for real.
   */
  public static List<String> anyOf(Provider provider) {
    return Stream.concat(
            Stream.of("*"),
            Arrays.stream(Provider.values())
                .filter(other -> other != provider)
                .flatMap(other -> of(other).stream())
                .map(family -> "!" + family))
        .toList();
  }

  /** Whose model that is by its name, or null when it is of no known family. */
  public static @Nullable Provider whose(String model) {
    for (Provider provider : Provider.values()) {
      for (String family : of(provider)) {
        boolean begins = family.endsWith("*");
        String name = begins ? family.substring(0, family.length() - 1) : family;
        if (begins ? model.startsWith(name) : model.equals(name)) {
          return provider;
        }
      }
    }
    return null;
  }
}
