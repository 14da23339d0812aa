package dev.offpeak.runtime.failpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HaltAtFailpointTest {

  private enum Place {
    BEFORE_UPLOAD,
    BEFORE_CREATE,
    AFTER_CREATE
  }

  private final List<Integer> exits = new ArrayList<>();
  private final List<Duration> held = new ArrayList<>();

  private FailpointListener<Place> halt(String value) {
    return halt(Map.of("OFFPEAK_FAILPOINT", value));
  }

  private FailpointListener<Place> halt(Map<String, String> environment) {
    return HaltAtFailpoint.from("submitter", Place.class, environment, exits::add, held::add);
  }

  @Test
  void nothingIsHaltedUnlessAskedFor() throws Exception {
    halt(Map.of()).reached(Place.AFTER_CREATE);
    halt("results.after_chunk").reached(Place.AFTER_CREATE);

    assertThat(exits).isEmpty();
  }

  @Test
  void haltsAtThatPlaceTheNthTime() throws Exception {
    FailpointListener<Place> halt = halt("submitter.after_create:2");

    halt.reached(Place.AFTER_CREATE);
    halt.reached(Place.BEFORE_CREATE);
    assertThat(exits).isEmpty();
    halt.reached(Place.AFTER_CREATE);

    assertThat(exits).containsExactly(137);
  }

  @Test
  void withSecondsItHoldsTheJobInsteadOfEndingTheProcess() throws Exception {
    halt("submitter.after_create:1:20").reached(Place.AFTER_CREATE);

    assertThat(held).containsExactly(Duration.ofSeconds(20));
    assertThat(exits).isEmpty();
  }

  @Test
  void withoutANumberItIsTheFirstTime() throws Exception {
    halt("submitter.before_upload").reached(Place.BEFORE_UPLOAD);

    assertThat(exits).containsExactly(137);
  }

  @Test
  void anUnknownPlaceIsRefusedWithThoseThatThereAre() {
    assertThatThrownBy(() -> halt("submitter.somewhere"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("submitter.somewhere")
        .hasMessageContaining("submitter.before_upload");
  }
}
