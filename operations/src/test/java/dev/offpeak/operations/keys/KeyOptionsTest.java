package dev.offpeak.operations.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.schemas.avro.KeyRule;
import dev.offpeak.schemas.key.RuleText;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What options say of a key. */
class KeyOptionsTest {

  private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");

  @Test
  void aRuleNamesWhatItIsAbout() {
    assertThat(RuleText.of("batch:endpoint=/v1/embeddings,model=gpt-*"))
        .isEqualTo(new KeyRule("/v1/embeddings", "gpt-*", null, null, true));
    assertThat(RuleText.of("interactive:team=a,feature=b=c"))
        .isEqualTo(new KeyRule(null, null, "a", "b=c", false));
    assertThat(RuleText.of("batch:").getWaits()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "endpoint=/v1/x", "later:team=a", "batch:colour=red", "batch:team"})
  void anythingElseIsRefusedWithWhatItShouldBe(String text) {
    assertThatThrownBy(() -> RuleText.of(text)).hasMessageContaining("the rule is '" + text + "'");
  }

  @Test
  void amountsAreExactAndExpiriesAreAhead() {
    assertThat(KeyOptions.pico("--day-usd", new BigDecimal("0.000001"))).isEqualTo(1_000_000L);
    assertThatThrownBy(() -> KeyOptions.pico("--day-usd", new BigDecimal("-1")))
        .hasMessageContaining("--day-usd must be 0 to 9000000");
    assertThat(KeyOptions.expiry("2d", NOW)).isEqualTo("2026-12-03T00:00:00Z");
    assertThatThrownBy(() -> KeyOptions.expiry("2026-11-30T00:00:00Z", NOW))
        .hasMessageContaining("over already");
    assertThatThrownBy(() -> KeyOptions.expiry("soon", NOW)).hasMessageContaining("such as 90d");
  }
}
