package dev.offpeak.simulator.chance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ShuffleTest {
  @Property(tries = 300)
  void eachElementStandsAtOnePlace(
      @ForAll @IntRange(min = 0, max = 5000) int size, @ForAll long seed) {
    // Given
    Shuffle shuffle = new Shuffle(size, seed);
    // When
    BitSet seen = new BitSet();
    IntStream.range(0, size).map(shuffle::at).forEach(seen::set);
    // Then
    assertThat(seen.cardinality()).isEqualTo(size);
    assertThat(seen.length()).isEqualTo(size);
  }

  @Test
  void theSeedDecidesTheOrder() {
    assertThat(order(1)).isEqualTo(order(1)).isNotEqualTo(order(2));
  }

  private static int[] order(long seed) {
    Shuffle shuffle = new Shuffle(100, seed);
    return IntStream.range(0, 100).map(shuffle::at).toArray();
  }
}
