package dev.offpeak.provider.account;

import dev.offpeak.core.lane.Provider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account as configured under {@code accounts.<name>}.
 *
 * @param provider openai, anthropic or gemini
 * @param baseUrl of the API; the provider's own when absent
 * @param apiKey needed by whoever calls the provider; the batcher routes without it
 * @param identity a name for whose key this is. Jobs belong to it: set it, and a new key under the
 *     same identity goes on with the jobs of the old one. Absent, the key itself is the identity
 * @param organization sent to OpenAI with each call
 * @param project sent to OpenAI with each call
 * @param models patterns of the models it takes, such as {@code gpt-*}; absent or empty takes all
 * @param tenants who may use it; absent or empty is everybody
 * @param limits where they differ from the provider's default
 */
public record AccountConfig(
    Provider provider,
    @Nullable String baseUrl,
    @Nullable String apiKey,
    @Nullable String identity,
    @Nullable String organization,
    @Nullable String project,
    List<String> models,
    List<String> tenants,
    LimitsConfig limits) {

  public AccountConfig(
      Provider provider,
      @Nullable String baseUrl,
      @Nullable String apiKey,
      @Nullable String identity,
      @Nullable String organization,
      @Nullable String project,
      @Nullable List<String> models,
      @Nullable List<String> tenants,
      @Nullable LimitsConfig limits) {
    this.provider = provider;
    this.baseUrl = baseUrl;
    this.apiKey = apiKey;
    this.identity = identity;
    this.organization = organization;
    this.project = project;
    this.models = models == null || models.isEmpty() ? List.of("*") : List.copyOf(models);
    this.tenants = tenants == null ? List.of() : List.copyOf(tenants);
    this.limits = limits == null ? LimitsConfig.NONE : limits;
  }

  /** An account of that provider with every default. */
  public static AccountConfig of(Provider provider) {
    return new AccountConfig(provider, null, null, null, null, null, null, null, null);
  }

  @Override
  public String toString() {
    return "AccountConfig[provider=" + provider.id() + ", baseUrl=" + baseUrl + ", apiKey=***]";
  }
}
