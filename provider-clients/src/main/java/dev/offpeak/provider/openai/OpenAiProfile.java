package dev.offpeak.provider.openai;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.limits.ProviderLimits;
import dev.offpeak.provider.account.Account;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** OpenAI (docs/providers A). */
public final class OpenAiProfile implements OpenAiLike {

  /**
   * 50,000 requests, 200 MB, 50,000 embedding inputs, no documented limit of one line or of jobs in
   * flight, 2,000 creates an hour (docs/providers A2). Enqueued tokens depend on tier and model.
   */
  static final ProviderLimits LIMITS =
      new ProviderLimits(
          50_000,
          200_000_000L,
          200_000_000L,
          50_000,
          Long.MAX_VALUE,
          1_000,
          Integer.MAX_VALUE,
          33,
          Duration.ofHours(24));

  /**
   * Chat, reasoning, embeddings, moderation, completions, pictures, films, and what users have
   * tuned.
   */
  private static final List<String> FAMILIES =
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

  @Override
  public Provider provider() {
    return Provider.OPENAI;
  }

  @Override
  public Set<String> liteLlmNames() {
    return Set.of("openai", "text-completion-openai");
  }

  @Override
  public String baseUrl() {
    return "https://api.openai.com/v1";
  }

  @Override
  public String keyVariable() {
    return "OPENAI_API_KEY";
  }

  @Override
  public List<String> modelFamilies() {
    return FAMILIES;
  }

  @Override
  public boolean hasWebhooks() {
    return true;
  }

  /** Accounts of Azure's are configured under this provider, too, by their address or version. */
  @Override
  public boolean hasBareEndpoints(Account account) {
    String path = Objects.requireNonNullElse(account.baseUrl().getPath(), "");
    String host = Objects.requireNonNullElse(account.baseUrl().getHost(), "");
    boolean isAzures =
        account.wire().apiVersion() != null
            || path.endsWith("/openai")
            || host.toLowerCase(Locale.ROOT).endsWith(".azure.com");
    return isAzures && !path.endsWith("/v1");
  }
}
