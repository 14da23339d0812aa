package dev.offpeak.provider.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.LineShape;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.provider.adapter.BuiltInProviders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountRouterTest {

  private final AccountRouter router = new AccountRouter(accounts());

  @Test
  void firstAccountThatTakesTheModelWins() {
    assertThat(accountOf(router.route(LineShape.OPENAI, "gpt-4o-mini", "default", null)))
        .isEqualTo("small");
    assertThat(accountOf(router.route(LineShape.OPENAI, "o3", "default", null)))
        .isEqualTo("everything");
  }

  @Test
  void modelsBehindAnExclamationMarkAreNotMeant() {
    AccountConfig config = AccountConfig.of(Provider.OPENAI).withModels(List.of("*", "!claude-*"));
    Account account = Accounts.of(Map.of("a", config), BuiltInProviders.PROFILES).all().getFirst();

    assertThat(List.of("ft:gpt-4o:us::1", "sora-2", "computer-use-preview", "whatever"))
        .allMatch(account::takes);
    assertThat(account.takes("claude-opus-5")).isFalse();
  }

  @Test
  void accountOfATenantIsTakenForItAlone() {
    assertThat(accountOf(router.route(LineShape.ANTHROPIC, "claude-opus-5", "research", null)))
        .isEqualTo("lab");
    assertThat(router.route(LineShape.ANTHROPIC, "claude-opus-5", "default", null))
        .isEqualTo(
            new Route.Refused(
                FailureCode.UNKNOWN_MODEL,
                "no anthropic account takes the model 'claude-opus-5'; there are: none"));
  }

  @Test
  void providerOfWhichThereIsNoAccountIsNamedWithThoseThatThereAre() {
    assertThat(router.route(LineShape.GEMINI, "gemini-2.5-flash", "default", null))
        .isEqualTo(
            new Route.Refused(
                FailureCode.PROVIDER_NOT_CONFIGURED,
                "the request has the shape of gemini (model 'gemini-2.5-flash'), of which no"
                    + " account is configured; there are accounts of: openai, anthropic"));
    assertThat(router.route(LineShape.GEMINI, "gemini-2.5-flash", "default", "small"))
        .as("whichever account is wished for")
        .isInstanceOfSatisfying(
            Route.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(FailureCode.PROVIDER_NOT_CONFIGURED));
  }

  @Test
  void wishedAccountIsTakenEvenWhenAnotherStandsBefore() {
    assertThat(accountOf(router.route(LineShape.OPENAI, "gpt-4o-mini", "default", "everything")))
        .isEqualTo("everything");
  }

  @Test
  void wishedAccountMustTakeTheModel() {
    assertThat(router.route(LineShape.OPENAI, "o3", "default", "small"))
        .isEqualTo(
            new Route.Refused(
                FailureCode.UNKNOWN_MODEL,
                "no openai account takes the model 'o3'; there are: small [gpt-*-mini,"
                    + " gpt-*-nano]"));
  }

  @Test
  void wishedAccountMustExistForTheTenantAndTheDialect() {
    Route.Refused expected =
        new Route.Refused(
            FailureCode.UNKNOWN_ACCOUNT,
            "tenant 'default' has no openai account 'lab'; there are: small, everything");
    assertThat(router.route(LineShape.OPENAI, "o3", "default", "lab")).isEqualTo(expected);
  }

  @Test
  void accountSetAsideForATenantComesBeforeOneThatIsOpenToAll() {
    AccountRouter own = router("shared", List.of(), "acme", List.of("acme"));
    assertThat(accountOf(own.route(LineShape.OPENAI, "o3", "acme", null))).isEqualTo("acme");
    assertThat(accountOf(own.route(LineShape.OPENAI, "o3", "default", null))).isEqualTo("shared");
  }

  @Test
  void pausedAccountIsPassedOverWhileAnotherTakesTheModel() {
    assertThat(pausing("gpt-4o-mini", null, "small")).isEqualTo("everything");
    assertThat(pausing("gpt-4o-mini", null, "everything")).isEqualTo("small");
    assertThat(pausing("gpt-4o-mini", null, "small", "everything"))
        .as("where all are paused, requests wait at the one that is theirs")
        .isEqualTo("small");
    assertThat(pausing("o3", null, "everything"))
        .as("no other account takes the model")
        .isEqualTo("everything");
    assertThat(pausing("gpt-4o-mini", "small", "small")).as("a wish is a wish").isEqualTo("small");
  }

  private String pausing(String model, String wished, String... paused) {
    return accountOf(
        router.route(LineShape.OPENAI, null, model, "default", wished, Set.of(paused)));
  }

  private static AccountRouter router(
      String first, List<String> firstTenants, String second, List<String> secondTenants) {
    Map<String, AccountConfig> configs = new LinkedHashMap<>();
    configs.put(first, config(Provider.OPENAI, List.of(), firstTenants));
    configs.put(second, config(Provider.OPENAI, List.of(), secondTenants));
    return new AccountRouter(Accounts.of(configs, BuiltInProviders.PROFILES));
  }

  @ParameterizedTest
  @CsvSource({
    "*, anything, true",
    "gpt-*, gpt-4o, true",
    "gpt-*, o3, false",
    "gpt-4o, gpt-4o, true",
    "gpt-4o, gpt-4o-mini, false",
    "*-mini, o4-mini, true",
    "*-mini, o4-mini-2025, false",
    "a*b*c, aXbXbXc, true",
    "a.c, abc, false"
  })
  void starStandsForAnyRunOfCharacters(String glob, String model, boolean matches) {
    assertThat(new ModelPattern(glob).matches(model)).isEqualTo(matches);
  }

  private static Accounts accounts() {
    Map<String, AccountConfig> configs = new LinkedHashMap<>();
    configs.put("small", config(Provider.OPENAI, List.of("gpt-*-mini", "gpt-*-nano"), List.of()));
    configs.put("everything", config(Provider.OPENAI, List.of(), List.of()));
    configs.put("lab", config(Provider.ANTHROPIC, List.of("claude-*"), List.of("research")));
    return Accounts.of(configs, BuiltInProviders.PROFILES);
  }

  private static AccountConfig config(
      Provider provider, List<String> models, List<String> tenants) {
    return new AccountConfig(
        provider.id(),
        null,
        null,
        null,
        null,
        null,
        models,
        tenants,
        LimitsConfig.NONE,
        WireConfig.USUAL,
        CompatibleConfig.LIKE_OPENAI,
        Timeouts.DEFAULT);
  }

  private static String accountOf(Route route) {
    assertThat(route).isInstanceOf(Route.To.class);
    return ((Route.To) route).account().name();
  }
}
