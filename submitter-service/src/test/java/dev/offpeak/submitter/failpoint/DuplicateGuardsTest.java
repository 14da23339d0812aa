package dev.offpeak.submitter.failpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DuplicateGuardsTest {

  private static DuplicateGuards from(String value) {
    return DuplicateGuards.from(Map.of("OFFPEAK_UNSAFE", value));
  }

  @Test
  void allAreInForceUnlessOneOfThisServiceIsNamed() {
    assertThat(DuplicateGuards.from(Map.of())).isEqualTo(DuplicateGuards.ALL);
    assertThat(from("batcher.dedup")).isEqualTo(DuplicateGuards.ALL);
  }

  @Test
  void oneOrBothAreSwitchedOff() {
    assertThat(from("submitter.fencing")).isEqualTo(new DuplicateGuards(false, true));
    assertThat(from("submitter.intent")).isEqualTo(new DuplicateGuards(true, false));
    assertThat(from("submitter.fencing, submitter.intent"))
        .isEqualTo(new DuplicateGuards(false, false));
  }

  @Test
  void anUnknownOneIsRefusedWithThoseThatThereAre() {
    assertThatThrownBy(() -> from("submitter.luck"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("submitter.luck")
        .hasMessageContaining("submitter.fencing");
  }
}
