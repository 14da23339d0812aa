package dev.offpeak.provider.openai;

import dev.offpeak.core.lane.LineShape;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.limits.ProviderLimits;
import dev.offpeak.core.price.CachedInBatch;
import dev.offpeak.core.quota.QuotaUnit;
import dev.offpeak.provider.BatchFormat;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.SyncProvider;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.AuthHeader;
import dev.offpeak.provider.account.CallHeaders;
import dev.offpeak.provider.account.Connection;
import dev.offpeak.provider.account.ProviderProfile;
import dev.offpeak.provider.format.BatchFormats;
import dev.offpeak.provider.http.ObservedTransport;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** OpenAI (docs/providers A). */
public final class OpenAiProfile implements ProviderProfile {

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

  private static final Pattern GPT = Pattern.compile("gpt-(\\d{1,3})\\b.*");
  private static final int FIRST_GPT_THAT_STACKS = 5;

  @Override
  public Provider provider() {
    return Provider.OPENAI;
  }

  @Override
  public LineShape shape() {
    return LineShape.OPENAI;
  }

  @Override
  public ProviderLimits limits() {
    return LIMITS;
  }

  /** Enqueued input tokens (docs/providers A2). */
  @Override
  public QuotaUnit quotaUnit() {
    return QuotaUnit.TOKENS;
  }

  /** Discounts multiply from GPT-5 on (as third parties report), and do not before. */
  @Override
  public CachedInBatch cachedInBatch(String model) {
    return ofGpt(model);
  }

  static CachedInBatch ofGpt(String model) {
    Matcher gpt = GPT.matcher(model);
    boolean stacks = gpt.matches() && Integer.parseInt(gpt.group(1)) >= FIRST_GPT_THAT_STACKS;
    return stacks ? CachedInBatch.HALF : CachedInBatch.AS_INPUT;
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
  public CallHeaders calls() {
    return new CallHeaders(
        AuthHeader.BEARER, "api-key", "openai-organization", "openai-project", true);
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

  @Override
  public BatchFormat format() {
    return BatchFormats.OPENAI;
  }

  @Override
  public BatchProvider batches(Account account, Connection connection) {
    return new OpenAiProvider(
        account,
        ObservedTransport.of(account, connection),
        connection.timeouts(),
        connection.clock());
  }

  @Override
  public SyncProvider sync(Account account, Connection connection) {
    return new OpenAiSync(account, ObservedTransport.of(account, connection), connection.clock());
  }
}
