package dev.offpeak.provider.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.offpeak.core.lane.Edition;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.price.CachedInBatch;
import dev.offpeak.provider.account.ProviderProfile;
import dev.offpeak.provider.price.PriceLists;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuiltInProvidersTest {

  @Test
  void cacheWithinABatchFollowsTheProvidersRuleAndAtOpenAiTheModels() {
    assertThat(of("anthropic").cachedInBatch("claude-opus-5")).isEqualTo(CachedInBatch.HALF);
    assertThat(of("gemini").cachedInBatch("gemini-2.5-pro")).isEqualTo(CachedInBatch.AS_SYNC);
    assertThat(of("openai").cachedInBatch("gpt-5.4-mini")).isEqualTo(CachedInBatch.HALF);
    assertThat(of("openai").cachedInBatch("gpt-5")).isEqualTo(CachedInBatch.HALF);
    assertThat(of("openai").cachedInBatch("gpt-4o")).isEqualTo(CachedInBatch.AS_INPUT);
    assertThat(of("openai").cachedInBatch("o3")).isEqualTo(CachedInBatch.AS_INPUT);
  }

  @Test
  void onlyWhoMixesModelsHasLanesWithoutAModelAndEditions() {
    Edition edition = Edition.of("2026-10-21", List.of("a-1"));

    assertThat(of("anthropic").lane("main", "/v1/messages", "claude-opus-5", edition).id())
        .isEqualTo("anthropic|main|/v1/messages||2026-10-21+a-1");
    assertThat(of("openai").lane("main", "/v1/responses", "gpt-5", edition).id())
        .isEqualTo("openai|main|/v1/responses|gpt-5");
  }

  @Test
  void eachIsListedOnceAndSomebodyElseIsNamedWithAll() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BuiltInProviders.PROFILES.with(of("openai")))
        .withMessageContaining("openai is listed twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of("opnai"))
        .withMessageContaining("'opnai'")
        .withMessageContaining("openai, anthropic, gemini, azure-openai, openai-compatible");
    assertThat(BuiltInProviders.PROFILES.find(Provider.of("a-later-one"))).isEmpty();
  }

  @Test
  void modelsOfAFamilyAreKnownByTheirName() {
    assertThat(BuiltInProviders.PROFILES.whoseModel("claude-haiku-4-5")).isSameAs(of("anthropic"));
    assertThat(BuiltInProviders.PROFILES.whoseModel("davinci-002")).isSameAs(of("openai"));
    assertThat(BuiltInProviders.PROFILES.whoseModel("davinci-0021")).isNull();
  }

  @Test
  void azuresModelsHaveOpenAisPricesUntilAListSaysOtherwise() {
    var prices = PriceLists.builtIn();
    LocalDate day = LocalDate.of(2026, 11, 24);

    assertThat(prices.find(Provider.of("azure-openai"), "gpt-4o-mini-2024-07-18", day))
        .isPresent()
        .isEqualTo(prices.find(Provider.OPENAI, "gpt-4o-mini", day));
    assertThat(prices.find(Provider.of("openai-compatible"), "gpt-4o-mini", day)).isEmpty();
  }

  private static ProviderProfile of(String id) {
    return BuiltInProviders.PROFILES.of(id);
  }
}
