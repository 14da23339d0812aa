package dev.offpeak.provider.account;

import dev.offpeak.core.limits.ProviderLimits;
import dev.offpeak.runtime.config.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The accounts of an installation, in the order of the configuration. */
public final class Accounts {

  /** Names stand in lanes, topic keys and metrics. */
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,64}");

  private final Map<String, Account> byName;

  private Accounts(Map<String, Account> byName) {
    this.byName = byName;
  }

  /**
   * Checks the configured accounts and fills in their defaults.
   *
   * @param profiles of the providers that there are
   * @throws AccountProblems listing all problems
   */
  public static Accounts of(Map<String, AccountConfig> configs, ProviderProfiles profiles) {
    List<String> problems = new ArrayList<>();
    if (configs.isEmpty()) {
      problems.add("accounts is empty; at least one account is needed");
    }
    Map<String, Account> accounts = new LinkedHashMap<>();
    configs.forEach(
        (name, config) -> {
          Account account = check(name, config, profiles, problems);
          if (account != null) {
            accounts.put(name, account);
          }
        });
    if (!problems.isEmpty()) {
      throw new AccountProblems(problems);
    }
    return new Accounts(accounts);
  }

  private static @Nullable Account check(
      String name, AccountConfig config, ProviderProfiles profiles, List<String> problems) {
    int before = problems.size();
    if (!NAME.matcher(name).matches()) {
      problems.add("accounts." + name + ": the name must match " + NAME);
    }
    Secret key = config.apiKey();
    if (key != null && !key.reveal().chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      problems.add(
          "accounts."
              + name
              + ".api-key holds white space or a character that is not"
              + " ASCII; check where it was copied from");
    }
    ProviderProfile profile = profile(name, config, profiles, problems);
    if (profile == null) {
      return null;
    }
    profile.problems(config).forEach(each -> problems.add("accounts." + name + "." + each));
    URI baseUrl = null;
    try {
      baseUrl = baseUrl(config, profile);
    } catch (URISyntaxException | IllegalArgumentException e) {
      problems.add(
          "accounts."
              + name
              + ".base-url is "
              + (config.baseUrl() == null ? "missing" : "'" + config.baseUrl() + "'")
              + "; it must be an http or"
              + " https URL without user, query and fragment, such as "
              + Objects.requireNonNullElse(profile.baseUrl(), "https://NAME.example/v1"));
    }
    ProviderLimits limits = null;
    try {
      limits = config.limits().over(profile.limits(config));
    } catch (IllegalArgumentException e) {
      problems.add("accounts." + name + ".limits." + e.getMessage());
    }
    return problems.size() > before || baseUrl == null || limits == null
        ? null
        : new Account(name, config, profile, baseUrl, limits);
  }

  private static @Nullable ProviderProfile profile(
      String name, AccountConfig config, ProviderProfiles profiles, List<String> problems) {
    try {
      return profiles.of(config.provider());
    } catch (IllegalArgumentException e) {
      problems.add(
          "accounts."
              + name
              + ".provider is '"
              + config.provider()
              + "'; it must be one of "
              + profiles.ids());
      return null;
    }
  }

  private static URI baseUrl(AccountConfig config, ProviderProfile profile)
      throws URISyntaxException {
    URI configured = config.baseUrl();
    if (configured == null) {
      if (profile.baseUrl() == null) {
        throw new IllegalArgumentException("everybody has an address of his own there");
      }
      return URI.create(profile.baseUrl());
    }
    URI url = new URI(profile.address(configured.toString(), config));
    boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    boolean more = url.getUserInfo() != null || url.getQuery() != null || url.getFragment() != null;
    if (!web || url.getHost() == null || more) {
      throw new IllegalArgumentException("not a base URL");
    }
    return url;
  }

  /** The account of that name. */
  public Optional<Account> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** All of them, in the order of the configuration. */
  public List<Account> all() {
    return List.copyOf(byName.values());
  }
}
