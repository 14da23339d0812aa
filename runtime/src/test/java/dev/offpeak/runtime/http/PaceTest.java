package dev.offpeak.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void judgesAtTheEndOfEachWindowOfWaitingWhatCameInIt() {
    Pace pace = new Pace(Duration.ofSeconds(10), 100);

    assertThat(pace.after(9 * SECOND, 0)).isNull();
    assertThat(pace.after(SECOND, 1_000)).as("just enough").isNull();
    assertThat(pace.after(9 * SECOND, 900)).isNull();
    assertThat(pace.after(2 * SECOND, 99))
        .isEqualTo(new Pace.Shortfall(999, Duration.ofSeconds(11)));
    assertThat(pace).hasToString("fewer than 1000 bytes within 10 s");
  }

  @Test
  void whoNeedNotBringAnythingIsNeverTooSlow() {
    assertThat(new Pace(Duration.ofSeconds(1), 0).after(100 * SECOND, 0)).isNull();
  }
}
