package dev.offpeak.provider.line;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.ResultStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Results that stand in an array within one small answer, each read as a line of a file. */
public final class ArrayStream implements ResultStream {

  private final byte[] answer;
  private final String field;
  private final LineParser parser;
  private final LineBytes bytes;
  private final JsonParser in;
  private boolean inside;

  /**
   * Elements of the first array that stands in a field of that name, however deep.
   *
   * @param answer JSON
   */
  public ArrayStream(byte[] answer, String field, LineParser parser) {
    this.answer = answer;
    this.field = field;
    this.parser = parser;
    this.bytes = new LineBytes(answer, 0);
    this.in = JsonLineParser.parser(answer);
  }

  @Override
  public @Nullable ResultLine next() throws IOException {
    if (in.isClosed() || (!inside && !findArray())) {
      return null;
    }
    if (in.nextToken() == JsonToken.END_ARRAY) {
      close();
      return null;
    }
    int from = bytes.at(in);
    return parser.parse(answer, from, bytes.value(in).length);
  }

  private boolean findArray() throws IOException {
    for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
      if (token == JsonToken.START_ARRAY && field.equals(in.currentName())) {
        inside = true;
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
