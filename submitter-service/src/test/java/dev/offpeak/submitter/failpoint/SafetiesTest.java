package dev.offpeak.submitter.failpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SafetiesTest {

  private static Safeties from(String value) {
    return Safeties.from(Map.of("OFFPEAK_UNSAFE", value));
  }

  @Test
  void allAreInForceUnlessOneOfThisServiceIsNamed() {
    assertThat(Safeties.from(Map.of())).isEqualTo(Safeties.ALL);
    assertThat(from("batcher.dedup")).isEqualTo(Safeties.ALL);
  }

  @Test
  void oneOrBothAreSwitchedOff() {
    assertThat(from("submitter.fencing")).isEqualTo(new Safeties(false, true));
    assertThat(from("submitter.intent")).isEqualTo(new Safeties(true, false));
    assertThat(from("submitter.fencing, submitter.intent")).isEqualTo(new Safeties(false, false));
  }

  @Test
  void anUnknownOneIsRefusedWithThoseThatThereAre() {
    assertThatThrownBy(() -> from("submitter.luck"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("submitter.luck")
        .hasMessageContaining("submitter.fencing");
  }
}
