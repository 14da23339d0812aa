package dev.offpeak.provider.gemini;

import dev.offpeak.core.lane.LineShape;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.limits.ProviderLimits;
import dev.offpeak.core.price.CachedInBatch;
import dev.offpeak.core.quota.QuotaUnit;
import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.provider.BatchFormat;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.SyncProvider;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.account.AuthHeader;
import dev.offpeak.provider.account.CallHeaders;
import dev.offpeak.provider.account.Connection;
import dev.offpeak.provider.account.ProviderProfile;
import dev.offpeak.provider.format.BatchFormats;
import dev.offpeak.provider.http.ObservedTransport;
import dev.offpeak.provider.live.LiveShape;
import dev.offpeak.provider.live.LiveShape.Last;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Google's Gemini API (docs/providers C). */
public final class GeminiProfile implements ProviderProfile {

  private static final Pattern FLASH_THAT_STACKS =
      Pattern.compile("gemini-([3-9]|\\d{2})(\\.\\d+)?-flash(?!-lite|-image).*");

  /**
   * 2 GB of file, 100 jobs in flight, 48 hours until a job expires; requests of a batch, size of a
   * line and creates a minute are not documented: 50,000, the 20 MB of an inline request, and 10
   * (docs/providers C2).
   */
  private static final ProviderLimits LIMITS =
      new ProviderLimits(
          50_000,
          2_000_000_000L,
          20_000_000L,
          Integer.MAX_VALUE,
          Long.MAX_VALUE,
          100,
          Integer.MAX_VALUE,
          10,
          Duration.ofDays(2));

  @Override
  public Provider provider() {
    return Provider.GEMINI;
  }

  @Override
  public LineShape shape() {
    return LineShape.GEMINI;
  }

  @Override
  public ProviderLimits limits(AccountConfig account) {
    return LIMITS;
  }

  /** Enqueued input tokens (docs/providers C2). */
  @Override
  public QuotaUnit quotaUnit() {
    return QuotaUnit.TOKENS;
  }

  /** The cache costs its full price, but for Flash from 3 on (docs/providers D). */
  @Override
  public CachedInBatch cachedInBatch(String model) {
    return FLASH_THAT_STACKS.matcher(model).matches() ? CachedInBatch.HALF : CachedInBatch.AS_SYNC;
  }

  @Override
  public String baseUrl() {
    return "https://generativelanguage.googleapis.com";
  }

  /** Each path has the version in it. */
  @Override
  public String address(String configured, AccountConfig account) {
    return configured.replaceAll("/*(/v1beta)?/*$", "");
  }

  @Override
  public String keyVariable() {
    return "GEMINI_API_KEY";
  }

  @Override
  public CallHeaders calls() {
    return new CallHeaders(
        AuthHeader.API_KEY, "x-goog-api-key", null, "x-goog-user-project", false);
  }

  @Override
  public List<String> modelFamilies() {
    return List.of("gemini-*", "gemma-*");
  }

  @Override
  public boolean hasWebhooks() {
    return true;
  }

  /** Each piece of a stream has the counts until there. */
  @Override
  public LiveShape live() {
    return new LiveShape("", "modelVersion", "usageMetadata", GeminiUsage::read, Last.AT_THE_END);
  }

  @Override
  public BatchFormat format() {
    return BatchFormats.GEMINI;
  }

  @Override
  public BatchProvider batches(Account account, Connection connection) {
    return new GeminiProvider(
        account,
        ObservedTransport.of(account, connection),
        connection.timeouts(),
        connection.clock(),
        Sleeper.system());
  }

  @Override
  public SyncProvider sync(Account account, Connection connection) {
    return new GeminiSync(account, ObservedTransport.of(account, connection), connection.clock());
  }
}
