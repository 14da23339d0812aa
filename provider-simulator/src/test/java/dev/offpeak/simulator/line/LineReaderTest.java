package dev.offpeak.simulator.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineReaderTest {
  @TempDir private Path folder;

  private static List<String> read(byte[] bytes, List<Long> offsets) throws IOException {
    LineReader reader = new LineReader(new ByteArrayInputStream(bytes), 1 << 20);
    List<String> lines = new ArrayList<>();
    while (reader.advance()) {
      lines.add(
          new String(reader.buffer(), reader.start(), reader.length(), StandardCharsets.UTF_8));
      offsets.add(reader.fileOffset());
    }
    return lines;
  }

  @Property(tries = 200)
  void readsWhatWasWrittenAndKnowsWhere(
      @ForAll @Size(max = 20) List<@AlphaChars @StringLength(max = 30) String> words)
      throws IOException {
    // Given: lines of all lengths, some longer than the read-ahead
    List<String> lines =
        words.stream().map(word -> word.repeat(word.length() > 25 ? 5000 : 1)).toList();
    byte[] bytes =
        String.join("", lines.stream().map(line -> line + "\n").toList())
            .getBytes(StandardCharsets.UTF_8);
    List<Long> offsets = new ArrayList<>();
    // When
    List<String> read = read(bytes, offsets);
    // Then
    assertThat(read).isEqualTo(lines);
    for (int i = 0; i < lines.size(); i++) {
      int at = Math.toIntExact(offsets.get(i));
      assertThat(new String(bytes, at, lines.get(i).length() + 1, StandardCharsets.UTF_8))
          .isEqualTo(lines.get(i) + "\n");
    }
  }

  @Test
  void theLastLineNeedsNoEndAndWindowsEndsAreEnds() throws IOException {
    assertThat(read("a\r\n\r\nb".getBytes(StandardCharsets.UTF_8), new ArrayList<>()))
        .containsExactly("a", "", "b");
  }

  @Test
  void anEndlessLineIsNotReadToItsEnd() {
    // Given
    LineReader reader = new LineReader(new ByteArrayInputStream(new byte[1 << 20]), 1000);
    // When / Then
    assertThatThrownBy(reader::advance).isInstanceOf(LineReader.LineTooLong.class);
  }

  @Test
  void anIndexFindsEachLineAgain() throws IOException {
    // Given
    Path input = folder.resolve("input");
    Files.writeString(input, "first\nsecond line\r\nthird");
    Path saved = folder.resolve("index");
    try (LineIndex index = new LineIndex(saved)) {
      index.add(0, 5);
      index.add(6, 11);
      index.add(19, 5);
    }
    // When
    List<String> backwards = new ArrayList<>();
    try (InputLines lines = new InputLines(input, saved)) {
      for (int i = lines.size() - 1; i >= 0; i--) {
        int length = lines.read(i);
        backwards.add(new String(lines.buffer(), 0, length, StandardCharsets.UTF_8));
      }
    }
    // Then
    assertThat(backwards).containsExactly("third", "second line", "first");
  }
}
