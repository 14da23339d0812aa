package dev.offpeak.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private static final Duration NOW = Duration.ZERO;

  @Test
  void aKeyHasAsManyAsOneMayAndGetsThemBack() throws InterruptedException {
    var turns = new Turns(10, 2, 3);

    assertThat(turns.take("a", NOW)).isTrue();
    assertThat(turns.isAtItsOwnLimit("a")).isFalse();
    assertThat(turns.take("a", NOW)).isTrue();
    assertThat(turns.take("a", NOW)).isFalse();
    assertThat(turns.isAtItsOwnLimit("a")).isTrue();
    turns.giveBack("a");
    assertThat(turns.take("a", NOW)).isTrue();
  }

  @Test
  void theOnlyKeyMayHaveAll() throws InterruptedException {
    var turns = new Turns(2, 8, 1);

    assertThat(turns.take("a", NOW)).isTrue();
    assertThat(turns.take("a", NOW)).isTrue();
    assertThat(turns.take("a", NOW)).isFalse();
  }

  @Property
  void whateverTheOthersHoldAKeyWithoutAnyGetsOne(
      @ForAll @Size(max = 100) List<@IntRange(max = 4) Integer> greedy,
      @ForAll @IntRange(min = 12, max = 20) int most)
      throws InterruptedException {
    // Given six keys, of which five take and never give back
    var turns = new Turns(most, most, 6);
    for (int key : greedy) {
      var _ = turns.take("greedy" + key, NOW);
    }

    // Then
    assertThat(turns.take("modest", NOW)).isTrue();
  }
}
