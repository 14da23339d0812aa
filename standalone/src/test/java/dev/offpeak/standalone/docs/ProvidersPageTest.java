package dev.offpeak.standalone.docs;

import dev.offpeak.core.limits.ProviderLimits;
import dev.offpeak.core.provider.CreateRecovery.SearchKey;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.account.Accounts;
import dev.offpeak.provider.account.ProviderProfile;
import dev.offpeak.provider.adapter.BatchProviders;
import dev.offpeak.provider.adapter.BuiltInProviders;
import dev.offpeak.runtime.config.Secret;
import dev.offpeak.testkit.docs.GeneratedPart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/more-providers.md has a table of all providers, from the list of their profiles. */
class ProvidersPageTest {

  private static final String HEAD =
      """
      | provider | lines of | requests, MB | window | input | a lost create is found by | models in a batch | quota in | webhooks | key |
      | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
      """;

  @Test
  void theTableIsWhatTheProfilesSay() throws IOException {
    StringBuilder table = new StringBuilder(HEAD);
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (ProviderProfile profile : BuiltInProviders.PROFILES.all()) {
        table.append(row(profile, http)).append('\n');
      }
    }
    GeneratedPart.check("more-providers.md", table.toString());
  }

  private static String row(ProviderProfile profile, HttpClient http) {
    AccountConfig config =
        AccountConfig.of(profile.provider())
            .withKey(new Secret("test", "k"))
            .withBaseUrl(URI.create("https://provider.example/v1"));
    Account account =
        Accounts.of(Map.of("a", config), BuiltInProviders.PROFILES).find("a").orElseThrow();
    BatchProvider adapter = BatchProviders.of(account, http, Clock.systemUTC());
    ProviderLimits limits = account.limits();
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %,d, %,d | %d h | %s | %s | %s | %s | %s | `%s` |",
        profile.provider().id(),
        profile.shape().title(),
        limits.maxRequests(),
        limits.maxBytes() / 1_000_000,
        limits.window().toHours(),
        adapter.recovery().uploadsFirst() ? "a file" : "in the create",
        adapter.recovery().key() == SearchKey.MARKER ? "a mark of ours" : "time and size",
        profile.mixesModels() ? "many" : "one",
        profile.quotaUnit().name().toLowerCase(Locale.ROOT),
        profile.hasWebhooks() ? "yes" : "no",
        profile.keyVariable());
  }
}
