package dev.offpeak.standalone.command;

import dev.offpeak.core.lane.LineShape;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.account.AuthHeader;
import dev.offpeak.provider.account.ProviderProfile;
import dev.offpeak.provider.account.WireConfig;
import dev.offpeak.provider.adapter.BuiltInProviders;
import dev.offpeak.runtime.config.Secret;
import dev.offpeak.standalone.node.Destination;
import dev.offpeak.standalone.node.KnownModels;
import java.net.URI;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that say who executes the requests of a run, or of an installation. */
final class DestinationOptions {

  private static final String SIMULATOR = "simulator";
  private static final String KEYS = "keys";
  private static final String API_VERSION = "api-version=";
  private static final List<ProviderProfile> PROVIDERS = BuiltInProviders.PROFILES.all();

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--provider",
      split = ",",
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description =
          "simulator (default), which stands in for the others, or one or more of them, each with"
              + " its key in the environment under the name that its own tools look for"
              + " (OPENAI_API_KEY and so on); keys names those whose key is set:"
              + " ${COMPLETION-CANDIDATES}. The shape of a line says"
              + " whose it is.")
  private List<String> providers = List.of(SIMULATOR);

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description =
          "Another address that speaks the API of the one provider. Azure's has its version in the"
              + " query: https://NAME.openai.azure.com/openai?api-version=2024-10-21.")
  private @Nullable URI baseUrl;

  @Option(
      names = "--models",
      split = ",",
      paramLabel = "GLOB",
      description = "Models that may be sent there; default: the providers' known families.")
  private List<String> models = List.of();

  @Option(
      names = "--simulator",
      paramLabel = "KEY=VALUE",
      description = "An option of 'offpeak simulate', such as failure-rate=0.01; may be repeated.")
  private Map<String, String> simulator = new LinkedHashMap<>();

  /** What {@code --provider} can be. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.concat(
              Stream.of(SIMULATOR, KEYS),
              PROVIDERS.stream().map(profile -> profile.provider().id()))
          .iterator();
    }
  }

  /** Who it is, given the process's environment. */
  Destination destination(Map<String, String> environment) {
    if (providers.contains(SIMULATOR)) {
      return simulated();
    }
    if (providers.equals(List.of(KEYS))) {
      providers = withKeys(environment);
    }
    if (!simulator.isEmpty()) {
      throw usage("--simulator needs --provider simulator; it is " + given());
    }
    Set<ProviderProfile> wanted = new LinkedHashSet<>();
    providers.forEach(name -> wanted.add(profile(name)));
    if (wanted.stream().map(ProviderProfile::shape).distinct().count() < wanted.size()) {
      throw usage(
          "--provider names two that take the same lines, of which one would get them all: "
              + given());
    }
    if (baseUrl != null && wanted.size() > 1) {
      throw usage(
          "--base-url is the address of one provider, but --provider names several: " + given());
    }
    Map<String, AccountConfig> accounts = new TreeMap<>();
    wanted.forEach(each -> accounts.put(each.provider().id(), account(each, environment)));
    return new Destination.Remote(accounts);
  }

  private List<String> withKeys(Map<String, String> environment) {
    List<ProviderProfile> possible =
        PROVIDERS.stream().filter(each -> each.baseUrl() != null).toList();
    List<String> found =
        possible.stream()
            .filter(each -> !environment.getOrDefault(each.keyVariable(), "").isBlank())
            .map(each -> each.provider().id())
            .toList();
    if (found.isEmpty()) {
      throw usage(
          "--provider keys: none of "
              + possible.stream().map(ProviderProfile::keyVariable).toList()
              + " is set");
    }
    return found;
  }

  private Destination simulated() {
    if (providers.stream().anyMatch(name -> !name.equals(SIMULATOR))) {
      throw usage(
          "--provider is "
              + given()
              + "; the simulator stands in for all providers, so it stands alone");
    }
    if (baseUrl != null) {
      throw usage("--base-url needs the --provider whose API is spoken there");
    }
    Map<Provider, List<String>> takes = new HashMap<>();
    PROVIDERS.stream()
        .filter(each -> each.baseUrl() != null)
        .forEach(
            each -> takes.put(each.provider(), models.isEmpty() ? each.modelFamilies() : models));
    return new Destination.Simulated(takes, simulator);
  }

  private ProviderProfile profile(String name) {
    return PROVIDERS.stream()
        .filter(each -> each.provider().id().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                usage(
                    "--provider is '"
                        + name
                        + "'; it must be simulator, keys, or of "
                        + BuiltInProviders.PROFILES.ids()));
  }

  private AccountConfig account(ProviderProfile profile, Map<String, String> environment) {
    String variable = profile.keyVariable();
    String key = environment.get(variable);
    if (key == null || key.isBlank()) {
      throw usage(
          "--provider "
              + profile.provider().id()
              + " needs the key in the environment: "
              + variable);
    }
    AccountConfig account =
        AccountConfig.of(profile.provider())
            .withKey(new Secret("env:" + variable, key))
            .withModels(models.isEmpty() ? KnownModels.anyOf(profile) : models);
    URI url = baseUrl == null ? address(profile, environment) : baseUrl;
    return url == null ? account : at(url, profile, account);
  }

  /** Of a provider where everybody has an address of his own; null for the provider's own. */
  private @Nullable URI address(ProviderProfile profile, Map<String, String> environment) {
    String variable = profile.addressVariable();
    if (variable == null) {
      return null;
    }
    String found = environment.getOrDefault(variable, "");
    if (found.isBlank()) {
      throw usage(
          "--provider "
              + profile.provider().id()
              + " needs the address: --base-url, or in the environment "
              + variable);
    }
    try {
      return URI.create(found.strip());
    } catch (IllegalArgumentException e) {
      throw usage(variable + " is '" + found + "', which is no URL");
    }
  }

  /** An address with a version in its query is Azure's, where the key has a header of its own. */
  private AccountConfig at(URI url, ProviderProfile profile, AccountConfig account) {
    String query = url.getQuery();
    if (query == null) {
      return account.withBaseUrl(url);
    }
    if (!query.startsWith(API_VERSION) || profile.shape() != LineShape.OPENAI) {
      throw usage(
          "--base-url is " + url + "; its query can be " + API_VERSION + "... (Azure) only");
    }
    String version = query.substring(API_VERSION.length());
    URI bare = URI.create(url.toString().substring(0, url.toString().indexOf('?')));
    try {
      return account
          .withBaseUrl(bare)
          .withWire(new WireConfig(AuthHeader.API_KEY, version, null, null, null));
    } catch (IllegalArgumentException e) {
      throw usage("--base-url is " + url + "; " + e.getMessage());
    }
  }

  private String given() {
    return String.join(",", providers);
  }

  private ParameterException usage(String problem) {
    if (command == null) {
      throw new IllegalStateException("picocli sets this before the call");
    }
    return new ParameterException(command.commandLine(), problem);
  }
}
