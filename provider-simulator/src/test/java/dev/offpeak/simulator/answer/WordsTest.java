package dev.offpeak.simulator.answer;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class WordsTest {
  private final Words words = new Words();

  private String written(long seed, String opening, int tokens) {
    words.write(seed, opening, tokens);
    return new String(words.buffer(), 0, words.length());
  }

  @Property(tries = 200)
  void writesAsMuchAsWasAskedForAndEndsTheSentence(
      @ForAll long seed, @ForAll @IntRange(min = 10, max = 5000) int tokens) {
    // When
    String text = written(seed, "Opening", tokens);
    // Then
    assertThat(text).startsWith("Opening").endsWith(".").doesNotContain("..");
    assertThat(text.length()).isBetween(tokens * 4, tokens * 4 + 20);
    assertThat(written(seed, "Opening", tokens)).isEqualTo(text);
  }
}
