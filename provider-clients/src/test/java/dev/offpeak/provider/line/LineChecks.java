package dev.offpeak.provider.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.ResultLine.Errored;
import dev.offpeak.provider.ResultLine.Succeeded;
import dev.offpeak.provider.ResultLine.Unreadable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What holds of every line of results that is read, whatever stands in it. */
public final class LineChecks {

  private static final int LONGEST = 4096;

  private LineChecks() {}

  /**
   * Takes the bytes as one line and as a file of lines that comes in small pieces.
   *
   * @throws AssertionError when something does not hold
   */
  public static void check(byte[] data, LineParser parser) {
    ResultLine line = parser.parse(data, 0, data.length);
    checkLine(line, data);
    byte[] among = new byte[data.length + 12];
    Arrays.fill(among, (byte) '}');
    System.arraycopy(data, 0, among, 5, data.length);
    must(same(line, parser.parse(among, 5, data.length)), "a line's place makes no difference");
    must(
        same(read(data, parser, data.length + 1), read(data, parser, 7)),
        "pieces make no difference");
  }

  private static void checkLine(ResultLine line, byte[] data) {
    must(line.providerId() != null || line instanceof Unreadable, "a line that is read has an id");
    switch (line) {
      case Succeeded good -> {
        must(isObject(good.body()), "an answer is an object");
        must(isWithin(good.body(), data), "an answer is as it stands in the line");
        must(good.usage().tokens().input() >= 0, "tokens are counted");
        must(good.usage().tokens().output() >= 0, "tokens are counted");
      }
      case Errored bad -> {
        must(isWithin(bad.body(), data), "an error is as it stands in the line");
        must(!bad.code().isEmpty(), "an error has a code");
      }
      default -> {}
    }
  }

  private static boolean isObject(byte[] body) {
    return body.length >= 2 && body[0] == '{' && body[body.length - 1] == '}';
  }

  private static boolean isWithin(byte[] part, byte[] whole) {
    // A character a byte.
    return new String(whole, ISO_8859_1).contains(new String(part, ISO_8859_1));
  }

  private static List<ResultLine> read(byte[] file, LineParser parser, int piece) {
    List<ResultLine> lines = new ArrayList<>();
    try (LineStream stream =
        new LineStream(new Pieces(file, piece), parser, LONGEST, LongLines.OF_PROCESS)) {
      for (ResultLine line = stream.next(); line != null; line = stream.next()) {
        lines.add(line);
      }
    } catch (IOException page) {
      must(String.valueOf(page.getMessage()).contains("a page"), "nothing breaks but for a page");
    }
    return lines;
  }

  private static boolean same(List<ResultLine> some, List<ResultLine> others) {
    boolean same = some.size() == others.size();
    for (int i = 0; same && i < some.size(); i++) {
      same = same(some.get(i), others.get(i));
    }
    return same;
  }

  private static boolean same(ResultLine one, ResultLine other) {
    return switch (one) {
      case Succeeded a ->
          other instanceof Succeeded b
              && a.providerId().equals(b.providerId())
              && a.usage().equals(b.usage())
              && Arrays.equals(a.body(), b.body());
      case Errored a ->
          other instanceof Errored b
              && a.providerId().equals(b.providerId())
              && a.code().equals(b.code())
              && a.message().equals(b.message())
              && a.verdict() == b.verdict()
              && Arrays.equals(a.body(), b.body());
      default -> one.equals(other);
    };
  }

  private static void must(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  /** A file that comes so many bytes at a time. */
  private static final class Pieces extends InputStream {

    private final ByteArrayInputStream file;
    private final int size;

    Pieces(byte[] file, int size) {
      this.file = new ByteArrayInputStream(file);
      this.size = size;
    }

    @Override
    public int read() {
      return file.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return file.read(into, offset, Math.min(length, size));
    }
  }
}
