package dev.offpeak.provider.openai;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.limits.ProviderLimits;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.account.AuthHeader;
import dev.offpeak.provider.account.CallHeaders;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Azure's OpenAI: the model is the name of a deployment, the version of the API stands in the query
 * of each call unless the address ends with {@code /v1}, and a file is read before a batch can be
 * made of it.
 */
public final class AzureOpenAiProfile implements OpenAiLike {

  private static final String ROOT = "/openai";
  private static final String V1 = "/v1";

  /**
   * 200 MB; 100,000 requests are said, of which half is sure; 500 files without an expiry, of which
   * a job has three. A batch is not broken off after its 24 hours.
   */
  private static final ProviderLimits LIMITS =
      new ProviderLimits(
          50_000,
          200_000_000L,
          200_000_000L,
          50_000,
          Long.MAX_VALUE,
          100,
          Integer.MAX_VALUE,
          30,
          Duration.ofHours(24));

  @Override
  public Provider provider() {
    return Provider.of("azure-openai");
  }

  @Override
  public ProviderLimits limits(AccountConfig account) {
    return LIMITS;
  }

  @Override
  public @Nullable String baseUrl() {
    return null;
  }

  /** A resource's own address is enough: what stands below it follows from the version. */
  @Override
  public String address(String configured, AccountConfig account) {
    String url = configured.replaceAll("/+$", "");
    boolean isBare = Objects.requireNonNullElse(URI.create(url).getPath(), "").isEmpty();
    if (!isBare) {
      return url;
    }
    return account.wire().apiVersion() == null ? url + ROOT + V1 : url + ROOT;
  }

  @Override
  public List<String> problems(AccountConfig account) {
    List<String> problems = new ArrayList<>(OpenAiLike.super.problems(account));
    URI url = account.baseUrl();
    if (url != null
        && account.wire().apiVersion() == null
        && !address(url.toString(), account).endsWith(V1)) {
      problems.add(
          "wire.api-version is missing; set it to a version such as 2024-10-21, or let base-url"
              + " end with /openai/v1");
    }
    return problems;
  }

  @Override
  public String keyVariable() {
    return "AZURE_OPENAI_API_KEY";
  }

  @Override
  public String addressVariable() {
    return "AZURE_OPENAI_ENDPOINT";
  }

  @Override
  public CallHeaders calls() {
    return new CallHeaders(AuthHeader.API_KEY, "api-key", null, "openai-project", true);
  }

  @Override
  public boolean hasBareEndpoints(Account account) {
    return !Objects.requireNonNullElse(account.baseUrl().getPath(), "").endsWith(V1);
  }

  /** Those of its global deployments are OpenAI's. */
  @Override
  public Provider pricesOf() {
    return Provider.OPENAI;
  }

  @Override
  public Set<String> liteLlmNames() {
    return Set.of("azure");
  }
}
