package dev.offpeak.provider.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.provider.adapter.BuiltInProviders;
import dev.offpeak.runtime.config.Secret;
import dev.offpeak.runtime.config.load.ConfigLoader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountsTest {

  private static final LimitsConfig SMALL =
      new LimitsConfig(10, null, null, null, 90_000L, null, null, null, null);
  private static final LimitsConfig WRONG =
      new LimitsConfig(0, null, null, null, null, null, null, null, null);

  @Test
  void defaultsAreTheProviders() {
    Account account = account(AccountConfig.of(Provider.OPENAI));
    assertThat(account.baseUrl()).hasToString("https://api.openai.com/v1");
    assertThat(account.limits().maxRequests()).isEqualTo(50_000);
    assertThat(account.limits().maxBytes()).isEqualTo(200_000_000);
    assertThat(account.limits().window()).isEqualTo(Duration.ofHours(24));
    assertThat(account.takes("anything")).isTrue();
    assertThat(account.isOpenTo("anybody")).isTrue();
    assertThat(account.hasKey()).isFalse();
  }

  @Test
  void ownLimitsReplaceOnlyWhatTheyName() {
    Account account = account(config("http://localhost:1234/v1//", "k", null, SMALL));
    assertThat(account.baseUrl()).hasToString("http://localhost:1234/v1");
    assertThat(account.limits().maxRequests()).isEqualTo(10);
    assertThat(account.limits().maxEnqueuedTokens()).isEqualTo(90_000);
    assertThat(account.limits().maxBytes()).isEqualTo(200_000_000);
  }

  @Test
  void allProblemsAreListedAtOnce() {
    Map<String, AccountConfig> configs = new LinkedHashMap<>();
    configs.put("a|b", AccountConfig.of(Provider.GEMINI));
    configs.put("main", config("ftp://x", "two words", null, WRONG));
    assertThatExceptionOfType(AccountProblems.class)
        .isThrownBy(() -> Accounts.of(configs, BuiltInProviders.PROFILES))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .satisfiesExactly(
                        name -> assertThat(name).contains("accounts.a|b"),
                        key -> assertThat(key).contains("main.api-key").doesNotContain("two words"),
                        url -> assertThat(url).contains("main.base-url is 'ftp://x'"),
                        limit -> assertThat(limit).contains("main.limits.max-requests is 0")));
  }

  @Test
  void noAccountAtAllIsAProblem() {
    assertThatExceptionOfType(AccountProblems.class)
        .isThrownBy(() -> Accounts.of(Map.of(), BuiltInProviders.PROFILES))
        .withMessageContaining("at least one account");
  }

  @Test
  void missingKeyFailsOnlyWhenItIsAskedFor() {
    Account account = account(AccountConfig.of(Provider.OPENAI));
    assertThatIllegalStateException()
        .isThrownBy(account::requireKey)
        .withMessageContaining("accounts.main.api-key");
  }

  @Test
  void digestTellsKeysAndServersApartAndHidesTheKey() {
    String digest = account(config(null, "sk-1", null, null)).keyDigest();
    assertThat(digest).matches("[0-9a-f]{16}");
    assertThat(account(config(null, "sk-1", null, null)).keyDigest()).isEqualTo(digest);
    assertThat(account(config(null, "sk-2", null, null)).keyDigest()).isNotEqualTo(digest);
    assertThat(account(config("http://localhost", "sk-1", null, null)).keyDigest())
        .isNotEqualTo(digest);
  }

  @Test
  void digestOutlivesANewKeyOfTheSameIdentity() {
    assertThat(account(config(null, "sk-1", "prod", null)).keyDigest())
        .isEqualTo(account(config(null, "sk-2", "prod", null)).keyDigest());
  }

  @Test
  void nothingPrintsTheKey() {
    AccountConfig config = config(null, "sk-secret", null, null);
    assertThat(config.toString() + account(config)).doesNotContain("sk-secret");
  }

  private static Account account(AccountConfig config) {
    return Accounts.of(Map.of("main", config), BuiltInProviders.PROFILES)
        .find("main")
        .orElseThrow();
  }

  @Test
  void recordsAreReadFromTheConfigurationFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("offpeak.yaml");
    Files.writeString(
        file,
        """
        accounts:
          second: {provider: openai}
          first:
            provider: gemini
            base-url: http://localhost:8080/
            api-key: env:GEMINI_KEY
            models: [gemini-*]
            limits: {max-bytes: 10MB, window: 36h}
            wire: {auth: bearer, upload-type: text/plain}
        """);
    File read = ConfigLoader.load(File.class, file, Map.of("GEMINI_KEY", "k-1"));
    List<Account> accounts = Accounts.of(read.accounts(), BuiltInProviders.PROFILES).all();
    assertThat(accounts).extracting(Account::name).containsExactly("second", "first");
    Account first = accounts.getLast();
    assertThat(first.baseUrl()).hasToString("http://localhost:8080");
    assertThat(first.requireKey()).isEqualTo("k-1");
    assertThat(first.models()).containsExactly("gemini-*");
    assertThat(first.limits().maxBytes()).isEqualTo(10_000_000);
    assertThat(first.limits().window()).isEqualTo(Duration.ofHours(36));
    assertThat(first.limits().maxJobsInFlight()).isEqualTo(100);
    assertThat(first.wire())
        .isEqualTo(new WireConfig(AuthHeader.BEARER, null, null, "text/plain", null));
    assertThat(accounts.getFirst().wire()).isEqualTo(WireConfig.USUAL);
  }

  @ParameterizedTest
  @CsvSource({
    "anthropic, http://localhost:1/v1/, http://localhost:1",
    "anthropic, http://localhost:1/proxy, http://localhost:1/proxy",
    "anthropic, http://localhost:1/, http://localhost:1",
    "gemini, http://localhost:1/v1beta, http://localhost:1",
    "gemini, http://localhost:1//, http://localhost:1",
    "openai, http://localhost:1/v1//, http://localhost:1/v1",
    "openai, http://localhost:1, http://localhost:1",
  })
  void versionInTheBaseIsLeftOutWhereItIsInThePaths(Provider provider, URI given, URI taken) {
    assertThat(account(AccountConfig.of(provider).withBaseUrl(given)).baseUrl()).isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource({"PT59M, -", "P31D, -", "PT2H, v 1", "PT2H, v&x=y"})
  void wireSettingsAreChecked(Duration life, String version) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new WireConfig(null, version.equals("-") ? null : version, life, null, null));
  }

  /** As a service's configuration holds it. */
  record File(Map<String, AccountConfig> accounts) {}

  private static AccountConfig config(
      String baseUrl, String key, String identity, LimitsConfig limits) {
    return new AccountConfig(
        Provider.OPENAI.id(),
        baseUrl == null ? null : URI.create(baseUrl),
        key == null ? null : new Secret("test", key),
        identity,
        null,
        null,
        List.of(),
        List.of(),
        limits == null ? LimitsConfig.NONE : limits,
        WireConfig.USUAL,
        CompatibleConfig.LIKE_OPENAI,
        Timeouts.DEFAULT);
  }
}
