package dev.offpeak.submitter.failpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HaltAtTest {

  private final List<Integer> exits = new ArrayList<>();
  private final List<Duration> held = new ArrayList<>();

  private Failpoints failpoints(String value) {
    return HaltAt.from(Map.of("OFFPEAK_FAILPOINT", value), exits::add, held::add);
  }

  @Test
  void nothingIsHaltedUnlessAskedFor() throws Exception {
    HaltAt.from(Map.of(), exits::add, held::add).reached(Failpoint.AFTER_CREATE, "B1");
    failpoints("results.after_chunk").reached(Failpoint.AFTER_CREATE, "B1");

    assertThat(exits).isEmpty();
  }

  @Test
  void haltsAtThatPlaceTheNthTime() throws Exception {
    Failpoints failpoints = failpoints("submitter.after_create:2");

    failpoints.reached(Failpoint.AFTER_CREATE, "B1");
    failpoints.reached(Failpoint.BEFORE_CREATE, "B1");
    assertThat(exits).isEmpty();
    failpoints.reached(Failpoint.AFTER_CREATE, "B2");

    assertThat(exits).containsExactly(137);
  }

  @Test
  void withSecondsItHoldsTheJobInsteadOfEndingTheProcess() throws Exception {
    failpoints("submitter.after_ledger_write:1:20").reached(Failpoint.AFTER_LEDGER_WRITE, "B1");

    assertThat(held).containsExactly(Duration.ofSeconds(20));
    assertThat(exits).isEmpty();
  }

  @Test
  void withoutANumberItIsTheFirstTime() throws Exception {
    failpoints("submitter.before_upload").reached(Failpoint.BEFORE_UPLOAD, "B1");

    assertThat(exits).containsExactly(137);
  }

  @Test
  void anUnknownPlaceIsRefusedWithThoseThatThereAre() {
    assertThatThrownBy(() -> failpoints("submitter.somewhere"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("submitter.somewhere")
        .hasMessageContaining("submitter.before_upload");
  }
}
