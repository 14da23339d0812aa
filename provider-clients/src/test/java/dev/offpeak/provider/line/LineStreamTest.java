package dev.offpeak.provider.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.offpeak.provider.ResultLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class LineStreamTest {

  /** Gives the line's text back as an id, and its end as the message. */
  private static final LineParser ECHO =
      (bytes, start, length) ->
          new ResultLine.Expired(new String(bytes, start, length, ISO_8859_1), "");

  private static final LongLines ROOM = new LongLines(Duration.ofMinutes(10));

  @Property(tries = 300)
  void linesAreWholeHoweverTheBytesArrive(
      @ForAll @Size(max = 8)
          List<@StringLength(min = 1, max = 90) @CharRange(from = 'a', to = 'z') String> lines,
      @ForAll @IntRange(min = 1, max = 40) int portion,
      @ForAll boolean lineFeedAtTheEnd)
      throws IOException {
    String text = String.join("\n", lines) + (lineFeedAtTheEnd ? "\n" : "");
    assertThat(read(text.getBytes(UTF_8), portion, 100)).isEqualTo(lines);
  }

  @Example
  void lineOfManyMegabytesIsRead() throws IOException {
    String big = "x".repeat(5_000_000);
    assertThat(read((big + "\nnext\n").getBytes(UTF_8), 10_000, 64 << 20))
        .containsExactly(big, "next");
  }

  @Example
  void blankLinesArePassedOver() throws IOException {
    assertThat(read("\na\n\r\n  \nb\n\n".getBytes(UTF_8), 3, 100)).containsExactly("a", "b");
  }

  @Property(tries = 100)
  void tooLongLineIsUnreadableAndTheNextIsNot(@ForAll @IntRange(min = 1, max = 40) int portion)
      throws IOException {
    byte[] text = ("start" + "x".repeat(500) + "\nnext\n").getBytes(UTF_8);
    try (LineStream stream = new LineStream(portions(text, portion), ECHO, 100, ROOM)) {
      assertThat(stream.next())
          .isInstanceOfSatisfying(
              ResultLine.Unreadable.class,
              line -> {
                assertThat(line.providerId()).startsWith("start");
                assertThat(line.problem()).contains("longer than 100 bytes");
              });
      assertThat(stream.next()).isEqualTo(new ResultLine.Expired("next", ""));
      assertThat(stream.next()).isNull();
    }
  }

  /** Gemini's key may stand behind an answer of any length. */
  @Property(tries = 100)
  void idBehindATooLongAnswerIsFound(@ForAll @IntRange(min = 1, max = 600) int portion)
      throws IOException {
    LineParser cut = (_, _, _) -> new ResultLine.Unreadable(null, "cut");
    String line = "{\"response\":{\"text\":\"%s\"},%s}\n";
    byte[] text =
        (line.formatted("x".repeat(5_000), "\"key\":\"p0-17\"")
                + line.formatted("x".repeat(4_061), "\"metadata\": {\"key\":\"p0-18\"}")
                + line.formatted("x".repeat(5_000), "\"more\":{\"a\":{\"key\":\"p0-19\"}}")
                + line.formatted("x".repeat(5_000), "\"other\":1"))
            .getBytes(UTF_8);
    List<String> ids = new ArrayList<>();
    try (LineStream stream = new LineStream(portions(text, portion), cut, 4_096, ROOM)) {
      for (ResultLine each = stream.next(); each != null; each = stream.next()) {
        assertThat(((ResultLine.Unreadable) each).problem()).contains("longer than");
        ids.add(each.providerId());
      }
    }
    assertThat(ids).containsExactly("p0-17", "p0-18", null, null);
  }

  @Example
  void lineWithoutEndIsAFailure() throws IOException {
    byte[] text = ("x".repeat(10_000) + "\nnext\n").getBytes(UTF_8);
    try (LineStream stream = new LineStream(portions(text, 64), ECHO, 100, ROOM)) {
      assertThatIOException().isThrownBy(stream::next).withMessageContaining("has no end after");
    }
  }

  @Example
  void byteOrderMarkIsPassedOverOnceAtTheBeginning() throws IOException {
    byte[] text = "\uFEFFa\n\uFEFFb\n".getBytes(UTF_8);
    assertThat(read(text, 2, 100))
        .containsExactly("a", new String("\uFEFFb".getBytes(UTF_8), ISO_8859_1));
  }

  @Example
  void pageIsABrokenTransfer() throws IOException {
    byte[] text = "\n <!doctype html>\n<p>Sign in\n".getBytes(UTF_8);
    try (LineStream stream = new LineStream(new ByteArrayInputStream(text), ECHO)) {
      assertThatIOException().isThrownBy(stream::next).withMessageContaining("<!doctype html>");
    }
  }

  @Example
  void lineThatIsNotUtf8IsUnreadable() throws IOException {
    byte[] text = "goodé\nb\u00e9d\n".getBytes(UTF_8);
    byte[] latin = "b\u00e9d\n".getBytes(ISO_8859_1);
    byte[] both = new byte[text.length + latin.length];
    System.arraycopy(text, 0, both, 0, text.length);
    System.arraycopy(latin, 0, both, text.length, latin.length);
    try (LineStream stream = new LineStream(new ByteArrayInputStream(both), ECHO)) {
      assertThat(stream.next()).isInstanceOf(ResultLine.Expired.class);
      assertThat(stream.next()).isInstanceOf(ResultLine.Expired.class);
      assertThat(stream.next())
          .isInstanceOfSatisfying(
              ResultLine.Unreadable.class,
              line -> assertThat(line.problem()).contains("not valid UTF-8"));
    }
  }

  private static List<String> read(byte[] text, int portion, int longest) throws IOException {
    List<String> lines = new ArrayList<>();
    try (LineStream stream = new LineStream(portions(text, portion), ECHO, longest, ROOM)) {
      for (ResultLine line = stream.next(); line != null; line = stream.next()) {
        lines.add(line.providerId());
      }
    }
    return lines;
  }

  /** A stream that gives at most that many bytes at once. */
  private static InputStream portions(byte[] text, int portion) {
    return new ByteArrayInputStream(text) {
      @Override
      public synchronized int read(byte[] into, int start, int count) {
        return super.read(into, start, Math.min(count, portion));
      }
    };
  }
}
