package dev.offpeak.provider.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyMaskTest {

  @Test
  void aKeyIsHiddenWhereverItStands() {
    assertThat(new KeyMask("sk-proj-0123456789abcdef").of("key=sk-proj-0123456789abcdefx, no"))
        .isEqualTo("key=***x, no");
    assertThat(new KeyMask("abcdefghijklmnopqrstuvwxyz").of("'abcdefghijklmnopqrstuvwxyz'"))
        .isEqualTo("'***'");
  }

  @Test
  void aWordIsNoSecret() {
    assertThat(new KeyMask("simulator").of("the simulator's /v1/simulators is away"))
        .isEqualTo("the simulator's /v1/simulators is away");
    assertThat(new KeyMask("").of("nothing")).isEqualTo("nothing");
  }

  @Test
  void aShortKeyIsHiddenWhereItStandsAlone() {
    assertThat(new KeyMask("key-1").of("key-1 is wrong, so is monkey-12 and key-11"))
        .isEqualTo("*** is wrong, so is monkey-12 and key-11");
  }
}
