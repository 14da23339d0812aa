package dev.offpeak.provider.anthropic;

import dev.offpeak.core.lane.LineShape;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.limits.ProviderLimits;
import dev.offpeak.core.price.CachedInBatch;
import dev.offpeak.core.quota.QuotaUnit;
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

/** Anthropic's Message Batches (docs/providers B). */
public final class AnthropicProfile implements ProviderProfile {

  /**
   * 100,000 requests or 256 MB of body, 32 MB for one message; 200,000 requests waiting and 1,000
   * calls a minute in the lowest tier, of which 50 are creates here so that polling has the rest
   * (docs/providers B2).
   */
  private static final ProviderLimits LIMITS =
      new ProviderLimits(
          100_000,
          256_000_000L,
          32_000_000L,
          Integer.MAX_VALUE,
          Long.MAX_VALUE,
          1_000,
          200_000,
          50,
          Duration.ofHours(24));

  @Override
  public Provider provider() {
    return Provider.ANTHROPIC;
  }

  @Override
  public LineShape shape() {
    return LineShape.ANTHROPIC;
  }

  @Override
  public ProviderLimits limits(AccountConfig account) {
    return LIMITS;
  }

  /** Requests in processing, of the whole account (docs/providers B2). */
  @Override
  public QuotaUnit quotaUnit() {
    return QuotaUnit.REQUESTS;
  }

  /** Discounts multiply (docs/providers D). */
  @Override
  public CachedInBatch cachedInBatch(String model) {
    return CachedInBatch.HALF;
  }

  @Override
  public String baseUrl() {
    return "https://api.anthropic.com";
  }

  /** Each path has the version in it. */
  @Override
  public String address(String configured, AccountConfig account) {
    return configured.replaceAll("/*(/v1)?/*$", "");
  }

  @Override
  public String keyVariable() {
    return "ANTHROPIC_API_KEY";
  }

  @Override
  public CallHeaders calls() {
    return new CallHeaders(AuthHeader.BEARER, "x-api-key", null, "anthropic-workspace-id", false);
  }

  @Override
  public List<String> modelFamilies() {
    return List.of("claude-*");
  }

  @Override
  public boolean mixesModels() {
    return true;
  }

  /** A stream begins with what was put in, and ends with what came out. */
  @Override
  public LiveShape live() {
    return new LiveShape("message", "model", "usage", AnthropicUsage::read, Last.OUTSIDE_THE_NEST);
  }

  @Override
  public BatchFormat format() {
    return BatchFormats.ANTHROPIC;
  }

  @Override
  public BatchProvider batches(Account account, Connection connection) {
    return new AnthropicProvider(
        account,
        ObservedTransport.of(account, connection),
        connection.timeouts(),
        connection.clock());
  }

  @Override
  public SyncProvider sync(Account account, Connection connection) {
    return new AnthropicSync(
        account, ObservedTransport.of(account, connection), connection.clock());
  }
}
