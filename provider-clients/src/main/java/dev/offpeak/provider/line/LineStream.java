package dev.offpeak.provider.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.ResultStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A result file as it downloads; one line stands in memory. Blank lines are passed over, and so is
 * a byte order mark. A page of HTML or XML in the place of results is a broken transfer, whatever
 * its status was.
 */
public final class LineStream implements ResultStream {

  /** Room for a response of 64 MiB, such as one of base64 images, and for what is around it. */
  private static final int LONGEST_LINE = 65 * 1024 * 1024;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private static final int QUOTED_BYTES = 200;

  private final InputStream in;
  private final LineBuffer lines;
  private final LineParser parser;
  private final Utf8Check utf8 = new Utf8Check();
  private final int longest;
  private boolean begun;
  private boolean seen;

  /** Lines of that stream, which is closed with this one. */
  public LineStream(InputStream in, LineParser parser) {
    this(in, parser, LONGEST_LINE);
  }

  LineStream(InputStream in, LineParser parser, int longest) {
    this.in = in;
    this.parser = parser;
    this.longest = longest;
    this.lines = new LineBuffer(in, longest);
  }

  @Override
  public @Nullable ResultLine next() throws IOException {
    while (lines.advance()) {
      if (!begun) {
        begun = true;
        lines.skip(BYTE_ORDER_MARK);
      }
      if (!isBlank()) {
        if (!seen) {
          seen = true;
          requireNoPage();
        }
        return read();
      }
    }
    return null;
  }

  /** No line of results begins so, and of a page every line would be one that nobody knows. */
  private void requireNoPage() throws IOException {
    String beginning =
        new String(lines.bytes(), lines.start(), Math.min(lines.length(), QUOTED_BYTES), UTF_8)
            .strip();
    if (beginning.startsWith("<")) {
      throw new IOException("it is a page and no results: '" + beginning + "'");
    }
  }

  private ResultLine read() {
    ResultLine line = parser.parse(lines.bytes(), lines.start(), lines.length());
    if (lines.isCut()) {
      return unreadable(line, "the line is longer than " + longest + " bytes");
    }
    if (!utf8.isValid(lines.bytes(), lines.start(), lines.length())) {
      return unreadable(line, "the line is not valid UTF-8");
    }
    return line;
  }

  private static ResultLine unreadable(ResultLine line, String problem) {
    return new ResultLine.Unreadable(line.providerId(), problem);
  }

  private boolean isBlank() {
    for (int i = lines.start(); i < lines.start() + lines.length(); i++) {
      byte b = lines.bytes()[i];
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
