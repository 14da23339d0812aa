package dev.offpeak.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.runtime.health.Waiting;
import dev.offpeak.standalone.report.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PatienceTest {

  private static final Instant START = Instant.parse("2026-11-30T12:00:00Z");

  private final Patience patience = new Patience(Duration.ofMinutes(5));

  @Test
  void itIsOverWhenNothingMovesHoweverOftenTheReasonIsPutAnew() {
    for (int minute = 0; minute < 5; minute++) {
      assertThat(patience.isOver(done(1, "try " + minute), true, at(minute))).isFalse();
    }
    assertThat(patience.isOver(done(1, "try 5"), true, at(5))).isTrue();
  }

  @Test
  void whateverMovesAndWhoeverWorksBeginsItAnew() {
    assertThat(patience.isOver(done(1, "refused"), true, at(0))).isFalse();
    assertThat(patience.isOver(done(2, "refused"), true, at(4))).isFalse();
    assertThat(patience.isOver(done(2, "refused"), true, at(8))).isFalse();
    assertThat(patience.isOver(done(2, null), false, at(60 * 24))).isFalse();
    assertThat(patience.isOver(done(2, "refused"), true, at(60 * 24 + 4))).isFalse();
    assertThat(patience.isOver(done(2, "refused"), true, at(60 * 24 + 5))).isTrue();
  }

  @Test
  void onATerminalItIsNeverOver() {
    Patience forEver = new Patience(null);
    assertThat(forEver.isOver(done(1, "refused"), true, at(0))).isFalse();
    assertThat(forEver.isOver(done(1, "refused"), true, at(60 * 24 * 365))).isFalse();
  }

  private static Progress done(long done, @Nullable String waitsFor) {
    List<Waiting> waits =
        waitsFor == null ? List.of() : List.of(new Waiting("batch", waitsFor, START, null));
    return new Progress(9, true, 3, 0, 0, done, 0, 0, waits);
  }

  private static Instant at(long minute) {
    return START.plus(Duration.ofMinutes(minute));
  }
}
