package dev.offpeak.provider.account;

import dev.offpeak.core.lane.Edition;
import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.LineShape;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.limits.ProviderLimits;
import dev.offpeak.core.price.CachedInBatch;
import dev.offpeak.core.quota.QuotaUnit;
import dev.offpeak.provider.BatchFormat;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.SyncProvider;
import dev.offpeak.provider.live.LiveShape;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that Offpeak knows of a provider: this is the one place where providers differ. Who
 * wants to know something of a provider asks its profile, and nobody else asks who it is. A new
 * provider is a class like the others and an entry in the list of {@link ProviderProfiles}.
 */
public interface ProviderProfile {

  /** Its name. */
  Provider provider();

  /** The shape of the lines that it takes, and of the outcomes that answer them. */
  LineShape shape();

  /** Endpoints that its batch API takes with that account. */
  default List<String> endpoints(AccountConfig account) {
    return shape().endpoints();
  }

  /** What it allows, its window included, where the account does not say. */
  ProviderLimits limits(AccountConfig account);

  /** What it counts its queue in. */
  QuotaUnit quotaUnit();

  /** What it takes for input from the prompt cache, where a price list does not say. */
  CachedInBatch cachedInBatch(String model);

  /** Names under which LiteLLM's price file has its models. */
  default Set<String> liteLlmNames() {
    return Set.of(provider().id());
  }

  /** Where its API is, or null where every customer has an address of his own. */
  @Nullable String baseUrl();

  /** A configured address as it is called, such as without a version that stands in each path. */
  default String address(String configured, AccountConfig account) {
    return configured.replaceAll("/+$", "");
  }

  /** The environment variable in which its own tools look for the key. */
  String keyVariable();

  /** The one in which they look for the address; null where there is but one address. */
  default @Nullable String addressVariable() {
    return null;
  }

  /**
   * What of an account's configuration it can't be called with: a key below the account, and why.
   */
  default List<String> problems(AccountConfig account) {
    return account.compatible().equals(CompatibleConfig.LIKE_OPENAI)
        ? List.of()
        : List.of(
            "compatible is for accounts of openai-compatible; this is one of " + provider().id());
  }

  /** The provider whose prices its models have where a price list has none for them. */
  default @Nullable Provider pricesOf() {
    return null;
  }

  /** How its calls say who makes them. */
  CallHeaders calls();

  /** Families of models that are its own by their name, as globs. */
  default List<String> modelFamilies() {
    return List.of();
  }

  /** Whether one batch may hold requests for several models. */
  default boolean mixesModels() {
    return false;
  }

  /** Whether it can tell by webhook that a batch has ended. */
  default boolean hasWebhooks() {
    return false;
  }

  /**
   * Whether the account's server spells endpoints without their version, {@code /chat/completions}.
   */
  default boolean hasBareEndpoints(Account account) {
    return false;
  }

  /**
   * Where a synchronous call goes, behind the account's address.
   *
   * @param path of the endpoint, without its version where the address has one
   */
  default String callPath(Account account, @Nullable String model, String path) {
    return path;
  }

  /** Where its synchronous answers say what they used. */
  LiveShape live();

  /** How its input files look, to the byte. */
  BatchFormat format();

  /**
   * Its batch API as that account sees it.
   *
   * @throws IllegalStateException when the account has no key
   */
  BatchProvider batches(Account account, Connection connection);

  /**
   * Its synchronous API as that account sees it.
   *
   * @throws IllegalStateException when the account has no key
   */
  SyncProvider sync(Account account, Connection connection);

  /**
   * The lane of a request: without the model where models are mixed, and only there of editions.
   */
  default Lane lane(String account, String endpoint, String model, Edition edition) {
    return mixesModels()
        ? new Lane(
            provider(), account, endpoint, "", shape().hasEditions() ? edition : Edition.USUAL)
        : Lane.of(provider(), account, endpoint, model);
  }
}
