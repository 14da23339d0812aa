package dev.offpeak.ingest.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LineReaderTest {

  private static final int LIMIT = 20;

  @Test
  void aLastLineNeedsNoLineFeed() throws IOException {
    assertThat(read("{\"a\":1}\n{\"b\":2}")).containsExactly("1 {\"a\":1}", "2 {\"b\":2}");
    assertThat(read("{\"a\":1}\n{\"b\":2}\n")).containsExactly("1 {\"a\":1}", "2 {\"b\":2}");
  }

  @Test
  void carriageReturnsBeforeLineFeedsAreNoPartOfALine() throws IOException {
    assertThat(read("a\r\nb\r\nc\r")).containsExactly("1 a", "2 b", "3 c");
  }

  @Test
  void blankLinesArePassedOverButCounted() throws IOException {
    assertThat(read("\n\r\na\n  \t\nb\n\n")).containsExactly("3 a", "5 b");
    assertThat(read("")).isEmpty();
  }

  @Test
  void aLineOfTheLimitPassesWithAnyEndingAndOneByteMoreDoesNot() throws IOException {
    String most = "x".repeat(LIMIT);

    assertThat(read(most + "\r\n" + most + "\r\n" + most))
        .containsExactly("1 " + most, "2 " + most, "3 " + most);
    assertThat(read(most + "y\n" + most + "y\r\n" + most + "z"))
        .containsExactly("1 too long: 21", "2 too long: 22", "3 too long: 21");
  }

  @Test
  void anOverlongLineIsSkippedWithoutHoldingIt() throws IOException {
    // Given a line far larger than the heap of this test could hold in one array
    long length = 3L * 1024 * 1024 * 1024;
    var reader = new LineReader(new EndlessLine(length), LIMIT, 1000);

    // When
    var line = reader.next();

    // Then
    assertThat(line).isEqualTo(new Line.TooLong(1, length));
    assertThat(reader.next()).isInstanceOf(Line.Whole.class);
    assertThat(reader.next()).isNull();
  }

  @Property(tries = 400)
  void linesComeOutAsTheyWentInWhateverThePiecesTheyArriveIn(
      @ForAll("lines") List<String> lines,
      @ForAll("endings") String ending,
      @ForAll @IntRange(min = 1, max = 70_000) int piece)
      throws IOException {
    // Given
    byte[] body = (String.join(ending, lines) + ending).getBytes(UTF_8);
    var expected = new ArrayList<String>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        expected.add((i + 1) + " " + lines.get(i));
      }
    }

    // When
    var reader = new LineReader(new Pieces(body, piece), 100_000, 1000);

    // Then
    assertThat(all(reader)).isEqualTo(expected);
  }

  @Test
  void aBodyOverItsLimitBreaksOffAfterWhatCameBefore() throws IOException {
    var exact = new LimitedBody(new ByteArrayInputStream("a\nb\n".getBytes(UTF_8)), 4);
    assertThat(all(new LineReader(exact, LIMIT, 1000))).containsExactly("1 a", "2 b");
    assertThat(exact.count()).isEqualTo(4);

    var reader =
        new LineReader(
            new LimitedBody(new ByteArrayInputStream("a\nb\nc\n".getBytes(UTF_8)), 4), LIMIT, 1000);
    assertThat(reader.next()).isInstanceOf(Line.Whole.class);
    assertThat(reader.next()).isInstanceOf(Line.Whole.class);
    assertThatThrownBy(reader::next)
        .isInstanceOf(BodyTooLarge.class)
        .hasMessageContaining("more than 4 bytes");
  }

  @Provide
  static Arbitrary<List<String>> lines() {
    Arbitrary<String> text =
        Arbitraries.oneOf(
            Arbitraries.of("{", "\"", ":", ",", "a", "ä", "€", "😀", " ", "\t")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts)),
            Arbitraries.integers().between(1, 2_000).map("xy"::repeat),
            Arbitraries.integers().between(65_530, 65_540).map("z"::repeat));
    return text.list().ofMaxSize(12);
  }

  @Provide
  static Arbitrary<String> endings() {
    return Arbitraries.of("\n", "\r\n");
  }

  private static List<String> read(String body) throws IOException {
    return all(new LineReader(new ByteArrayInputStream(body.getBytes(UTF_8)), LIMIT, 1000));
  }

  private static List<String> all(LineReader reader) throws IOException {
    var lines = new ArrayList<String>();
    for (var line = reader.next(); line != null; line = reader.next()) {
      lines.add(
          switch (line) {
            case Line.Whole(long number, byte[] bytes) -> number + " " + new String(bytes, UTF_8);
            case Line.TooLong(long number, long length) -> number + " too long: " + length;
          });
    }
    return lines;
  }

  /** A stream that gives at most so many bytes at a time. */
  private static final class Pieces extends ByteArrayInputStream {
    private final int most;

    Pieces(byte[] bytes, int most) {
      super(bytes);
      this.most = most;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return super.read(into, offset, Math.min(length, most));
    }
  }

  /** So many bytes without a line feed, then a line feed and one short line. */
  private static final class EndlessLine extends InputStream {
    private long left;
    private final InputStream rest = new ByteArrayInputStream("\nshort".getBytes(UTF_8));

    EndlessLine(long length) {
      this.left = length;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("only whole chunks are read");
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) {
        return rest.read(into, offset, length);
      }
      int now = (int) Math.min(left, length);
      left -= now;
      return now;
    }
  }
}
