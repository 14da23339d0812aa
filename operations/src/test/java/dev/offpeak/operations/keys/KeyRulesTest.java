package dev.offpeak.operations.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.schemas.avro.KeyRule;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What options say of a key. */
class KeyRulesTest {

  private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");

  @Test
  void aRuleNamesWhatItIsAbout() {
    assertThat(KeyRules.of("batch:endpoint=/v1/embeddings,model=gpt-*"))
        .isEqualTo(new KeyRule("/v1/embeddings", "gpt-*", null, null, true));
    assertThat(KeyRules.of("interactive:team=a,feature=b=c"))
        .isEqualTo(new KeyRule(null, null, "a", "b=c", false));
    assertThat(KeyRules.of("batch:").getWaits()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "endpoint=/v1/x", "later:team=a", "batch:colour=red", "batch:team"})
  void anythingElseIsRefusedWithWhatItShouldBe(String text) {
    assertThatThrownBy(() -> KeyRules.of(text)).hasMessageContaining("--rule is '" + text + "'");
  }

  @Test
  void amountsAreExactAndExpiriesAreAhead() {
    assertThat(KeyRules.pico("--day-usd", new BigDecimal("0.000001"))).isEqualTo(1_000_000L);
    assertThatThrownBy(() -> KeyRules.pico("--day-usd", new BigDecimal("-1")))
        .hasMessageContaining("--day-usd must be 0 to 9000000");
    assertThat(KeyRules.expiry("2d", NOW)).isEqualTo("2026-12-03T00:00:00Z");
    assertThatThrownBy(() -> KeyRules.expiry("2026-11-30T00:00:00Z", NOW))
        .hasMessageContaining("over already");
    assertThatThrownBy(() -> KeyRules.expiry("soon", NOW)).hasMessageContaining("such as 90d");
  }
}
