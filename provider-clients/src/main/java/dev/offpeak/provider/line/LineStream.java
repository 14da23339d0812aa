package dev.offpeak.provider.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.ResultStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /** The last field of a line that was not read whole. */
  private static final Pattern LAST_ID =
      Pattern.compile("\"(?:key|custom_id)\"\\s*:\\s*\"([\\w.:-]{1,128})\"\\s*}\\s*}?\\s*$");

  private final InputStream in;
  private final LineBuffer lines;
  private final LineParser parser;
  private final Utf8Check utf8 = new Utf8Check();
  private final int longest;
  private boolean begun;
  private boolean seen;

  /** Lines of that stream, which is closed with this one. */
  public LineStream(InputStream in, LineParser parser) {
    this(in, parser, LONGEST_LINE, LongLines.OF_PROCESS);
  }

  LineStream(InputStream in, LineParser parser, int longest, LongLines longLines) {
    this.in = in;
    this.parser = parser;
    this.longest = longest;
    this.lines = new LineBuffer(in, longest, longLines);
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
      String problem = "the line is longer than " + longest + " bytes";
      return line.providerId() == null
          ? new ResultLine.Unreadable(idAtTheEnd(), problem)
          : unreadable(line, problem);
    }
    if (!utf8.isValid(lines.bytes(), lines.start(), lines.length())) {
      return unreadable(line, "the line is not valid UTF-8");
    }
    return line;
  }

  /** Gemini's key may stand behind the answer (docs/providers C1). */
  private @Nullable String idAtTheEnd() {
    Matcher id = LAST_ID.matcher(new String(lines.tailBytes(), ISO_8859_1));
    return id.find() ? id.group(1) : null;
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
    lines.close();
    in.close();
  }
}
