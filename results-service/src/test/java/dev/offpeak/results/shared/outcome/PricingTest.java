package dev.offpeak.results.shared.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.provider.price.PriceLists;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PricingTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

  private final AtomicInteger unpriced = new AtomicInteger();
  private final Pricing pricing =
      new Pricing(PriceLists.builtIn(), Map.of(), unpriced::incrementAndGet);

  @Test
  void theModelThatAnsweredCountsThenTheOneThatWasAsked() {
    var mini = pricing.find(Provider.OPENAI, "", "gpt-4o-mini", DAY);

    assertThat(mini).isPresent();
    assertThat(pricing.find(Provider.OPENAI, "gpt-4o-mini-2024-07-18", "my-alias", DAY))
        .isEqualTo(mini);
    assertThat(pricing.find(Provider.OPENAI, "something-new", "gpt-4o-mini", DAY)).isEqualTo(mini);
    assertThat(unpriced).hasValue(0);
  }

  @Test
  void aModelWithoutPriceIsSaidOnce() {
    for (int i = 0; i < 3; i++) {
      assertThat(pricing.find(Provider.OPENAI, "", "no-such-model", DAY)).isEmpty();
    }

    assertThat(unpriced).hasValue(1);
  }
}
