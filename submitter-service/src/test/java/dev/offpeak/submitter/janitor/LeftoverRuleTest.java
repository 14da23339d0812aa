package dev.offpeak.submitter.janitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.provider.Leftover;
import dev.offpeak.submitter.batch.JobNames;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeftoverRuleTest {

  private static final String LIVE = "01M8GYAW1XK7GEF5RZ7BEX3XKW";
  private static final String OVER = "01M8GYAWGV9BZ1B3Q1VSFNNZYE";
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final Duration GRACE = Duration.ofHours(6);

  private final JobNames names = new JobNames("0a1b2c3d");
  private final LeftoverRule broom = new LeftoverRule(names, Set.of(LIVE), GRACE, NOW);

  @Test
  void itTakesWhatIsOursOldAndOfNoLiveJob() {
    assertThat(broom.takes(left(names.file(OVER, 1), NOW.minus(GRACE)))).isTrue();
    assertThat(broom.takes(left(names.marker(OVER, 2), Instant.EPOCH))).isTrue();
  }

  @Test
  void itLeavesWhatIsYoungOrLiveOrSomebodyElses() {
    assertThat(broom.takes(left(names.file(OVER, 1), NOW.minus(GRACE).plusSeconds(1)))).isFalse();
    assertThat(broom.takes(left(names.file(LIVE, 1), Instant.EPOCH))).isFalse();
    assertThat(broom.takes(left("training-data.jsonl", Instant.EPOCH))).isFalse();
    assertThat(broom.takes(left(new JobNames("ffffffff").file(OVER, 1), Instant.EPOCH))).isFalse();
  }

  private static Leftover left(String name, Instant createdAt) {
    return new Leftover(Leftover.Kind.FILE, "file-1", name, createdAt);
  }
}
