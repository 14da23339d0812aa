package dev.offpeak.provider.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.limits.ProviderLimits;
import dev.offpeak.runtime.config.Secret;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An account with its defaults filled in. Prints without its key. */
public final class Account {

  private static final int DIGEST_BYTES = 8;

  private final String name;
  private final AccountConfig config;
  private final ProviderProfile profile;
  private final URI baseUrl;
  private final ProviderLimits limits;
  private final List<String> endpoints;
  private final List<ModelPattern> models;

  Account(
      String name,
      AccountConfig config,
      ProviderProfile profile,
      URI baseUrl,
      ProviderLimits limits) {
    this.name = name;
    this.config = config;
    this.profile = profile;
    this.baseUrl = baseUrl;
    this.limits = limits;
    this.endpoints = profile.endpoints(config);
    this.models = config.models().stream().map(ModelPattern::new).toList();
  }

  /** Its name in the configuration, in lanes and in metrics. */
  public String name() {
    return name;
  }

  /** Whose account it is. */
  public Provider provider() {
    return profile.provider();
  }

  /** All that is known of its provider. */
  public ProviderProfile profile() {
    return profile;
  }

  /** Base of all calls; has no slash at its end. */
  public URI baseUrl() {
    return baseUrl;
  }

  /** What one batch and one quota scope of it may be. */
  public ProviderLimits limits() {
    return limits;
  }

  /** Whether its server spells endpoints without their version, {@code /chat/completions}. */
  public boolean hasBareEndpoints() {
    return profile.hasBareEndpoints(this);
  }

  /** Sent to OpenAI with each call, when set. */
  public @Nullable String organization() {
    return config.organization();
  }

  /** The project (at Anthropic: the workspace) sent with each call, when set. */
  public @Nullable String project() {
    return config.project();
  }

  /** How calls differ from the provider's usual way. */
  public WireConfig wire() {
    return config.wire();
  }

  /** Where its server differs from OpenAI; as OpenAI where it is no compatible one. */
  public CompatibleConfig compatible() {
    return config.compatible();
  }

  /** Endpoints that its batches take. */
  public List<String> endpoints() {
    return endpoints;
  }

  /** How long its provider is waited for. */
  public Timeouts calls() {
    return config.calls();
  }

  /** Patterns of the models it takes. */
  public List<String> models() {
    return config.models();
  }

  /**
   * Whether one of its patterns matches the model, and none that begins with an exclamation mark.
   */
  public boolean takes(String model) {
    return models.stream().anyMatch(pattern -> !pattern.isExclusion() && pattern.matches(model))
        && models.stream().noneMatch(pattern -> pattern.isExclusion() && pattern.matches(model));
  }

  /** Whether that tenant may use it. */
  public boolean isOpenTo(String tenant) {
    return config.tenants().isEmpty() || config.tenants().contains(tenant);
  }

  /** Whether it is set aside for tenants of whom that one is named. */
  boolean names(String tenant) {
    return config.tenants().contains(tenant);
  }

  /** Whether it can call its provider. */
  public boolean hasKey() {
    return config.apiKey() != null;
  }

  /**
   * The key for a call to the provider.
   *
   * @throws IllegalStateException when none is configured
   */
  public String requireKey() {
    Secret key = config.apiKey();
    if (key == null) {
      throw new IllegalStateException(
          "account '" + name + "' has no key; set accounts." + name + ".api-key");
    }
    return key.reveal();
  }

  /**
   * Tells accounts apart that stand under the same name at different times: a digest of the
   * configured identity (or else of the key), the project and the base URL. Never holds the key.
   *
   * @throws IllegalStateException when neither identity nor key is configured
   */
  public String keyDigest() {
    String identity = config.identity();
    String whose = identity == null ? "key:" + requireKey() : "identity:" + identity;
    String all = String.join("\n", whose, String.valueOf(config.project()), baseUrl.toString());
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return name + " (" + provider().id() + ", " + baseUrl + ")";
  }
}
