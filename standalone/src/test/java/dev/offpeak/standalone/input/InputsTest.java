package dev.offpeak.standalone.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {

  @TempDir Path folder;

  @Test
  void linesAreNumberedOverAllFilesAndKeptByteForByte() throws IOException {
    Path first = file("first.jsonl", "one\r\n\ntwo");
    Path second = file("second.jsonl", "three\n");

    List<Line> lines = read(100, first, second);

    assertThat(lines).extracting(Line::number).containsExactly(1L, 3L, 4L);
    assertThat(lines)
        .extracting(Line::place)
        .containsExactly(new Place(0, 1), new Place(0, 3), new Place(1, 1));
    assertThat(lines)
        .extracting(line -> new String(((Line.Fitting) line).bytes(), UTF_8))
        .containsExactly("one\r", "two", "three");
  }

  @Test
  void gzipIsToldByItsFirstBytes() throws IOException {
    Path file = folder.resolve("zipped.jsonl");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("a\nb\n".getBytes(UTF_8));
    }

    assertThat(read(100, file)).hasSize(2);
  }

  @Test
  void aFileOfNoByteOrOfOneByteIsNotTakenForGzip() throws IOException {
    assertThat(read(100, file("empty", ""), file("one", "x"))).hasSize(1);
  }

  @Test
  void aLineOverTheLimitIsNamedWithItsLengthAndTheNextOneIsWhole() throws IOException {
    Path file = file("long.jsonl", "x".repeat(1_000_000) + "\nshort\n" + "y".repeat(11));

    List<Line> lines = read(10, file);

    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .isInstanceOfSatisfying(
            Line.TooLong.class,
            line -> {
              assertThat(line.length()).isEqualTo(1_000_000);
              assertThat(line.start()).hasSize(Piece.KEPT_OF_TOO_LONG);
            });
    assertThat(lines.get(1)).isInstanceOf(Line.Fitting.class);
    assertThat(lines.get(2))
        .isInstanceOfSatisfying(
            Line.TooLong.class, line -> assertThat(line.length()).isEqualTo(11));
  }

  @Test
  void aLineOfExactlyTheLimitFitsAcrossBuffers() throws IOException {
    String line = "z".repeat(700_000);

    List<Line> lines = read(700_000, file("exact.jsonl", "a\n" + line + "\nb\n"));

    assertThat(((Line.Fitting) lines.get(1)).bytes()).isEqualTo(line.getBytes(UTF_8));
    assertThat(lines).hasSize(3);
  }

  @Test
  void theIdOfATooLongLineIsKnownWhereverItStands() throws IOException {
    String line = "{\"body\":\"" + "x".repeat(900_000) + "\",\"custom_id\":\"last\"}";

    assertThat(read(1_000, file("long.jsonl", line + "\n")))
        .singleElement()
        .isInstanceOfSatisfying(
            Line.TooLong.class, tooLong -> assertThat(tooLong.customId()).isEqualTo("last"));
  }

  @Test
  void blankLinesAreCountedAndPassedOver() throws IOException {
    try (Inputs inputs = Inputs.of(List.of(file("blank.jsonl", "\n \r\na\n\t\n\nb\n\n")), 9)) {
      assertThat(inputs.next()).extracting(Line::number).isEqualTo(3L);
      assertThat(inputs.blank()).isEqualTo(2);
      assertThat(inputs.next()).extracting(Line::number).isEqualTo(6L);
      assertThat(inputs.next()).isNull();
      assertThat(inputs.blank()).isEqualTo(5);
      assertThat(inputs.lines()).isEqualTo(7);
    }
  }

  @Test
  void theElementsOfAListAreItsLines() throws IOException {
    String list =
        "\uFEFF\n[{\"a\": \"],[{\\\"\"},\n  {\n \"b\": [1, {}]},5,\"x\" ,\n"
            + "{\"c\": \""
            + "z".repeat(700_000)
            + "\"}]\n";

    List<Line> lines = read(600_000, file("list.json", list));

    assertThat(lines).hasSize(5);
    assertThat(lines.subList(0, 4))
        .extracting(line -> new String(((Line.Fitting) line).bytes(), UTF_8).strip())
        .containsExactly("{\"a\": \"],[{\\\"\"}", "{\n \"b\": [1, {}]}", "5", "\"x\"");
    assertThat(lines).extracting(line -> line.place().line()).containsExactly(2L, 3L, 4L, 4L, 5L);
    assertThat(lines.get(4)).isInstanceOf(Line.TooLong.class);
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static List<Line> read(int limit, Path... files) throws IOException {
    List<Line> lines = new ArrayList<>();
    try (Inputs inputs = Inputs.of(List.of(files), limit)) {
      for (Line line = inputs.next(); line != null; line = inputs.next()) {
        lines.add(line);
      }
    }
    return lines;
  }
}
