package dev.offpeak.provider.account;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.runtime.config.Secret;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account as configured under {@code accounts.<name>}.
 *
 * @param provider id of one of {@link ProviderProfiles}
 * @param baseUrl of the API; the provider's own when absent
 * @param apiKey needed by whoever calls the provider; the batcher routes without it
 * @param identity a name for whose key this is. Jobs belong to it: set it, and a new key under the
 *     same identity goes on with the jobs of the old one. Absent, the key itself is the identity
 * @param organization sent to OpenAI with each call
 * @param project sent with each call: OpenAI's project, the workspace at Anthropic for a key that
 *     spans several, the project to be billed at Gemini
 * @param models patterns of the models it takes, such as {@code gpt-*}; absent or empty takes all
 * @param tenants who may use it, and uses it first; absent or empty is everybody
 * @param limits where they differ from the provider's default
 * @param wire where calls differ from the provider's usual way
 * @param compatible where the server of an account of openai-compatible differs from OpenAI
 * @param calls how long the provider is waited for
 */
@RecordBuilder
@RecordBuilder.Options(enableGetters = false, addFunctionalMethodsToWith = false)
public record AccountConfig(
    String provider,
    @Nullable URI baseUrl,
    @Nullable Secret apiKey,
    @Nullable String identity,
    @Nullable String organization,
    @Nullable String project,
    List<String> models,
    List<String> tenants,
    LimitsConfig limits,
    WireConfig wire,
    CompatibleConfig compatible,
    Timeouts calls)
    implements AccountConfigBuilder.With {

  public AccountConfig {
    models = models.isEmpty() ? List.of("*") : List.copyOf(models);
    tenants = List.copyOf(tenants);
  }

  /** An account of that provider with every default. */
  public static AccountConfig of(Provider provider) {
    return new AccountConfig(
        provider.id(),
        null,
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        LimitsConfig.NONE,
        WireConfig.USUAL,
        CompatibleConfig.LIKE_OPENAI,
        Timeouts.DEFAULT);
  }

  /** The same with a key. */
  public AccountConfig withKey(Secret key) {
    return withApiKey(key);
  }
}
