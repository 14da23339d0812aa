package dev.offpeak.provider.line;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that a parser of one line reads, so that values can be taken from them as they stand.
 *
 * @param start of the line in the bytes
 */
public record LineBytes(byte[] bytes, int start) {

  /** Where the current token begins, for {@link #to}. */
  public int at(JsonParser in) {
    return offset(in.currentTokenLocation().getByteOffset());
  }

  /** The bytes from there to the end of the current token. */
  public byte[] to(JsonParser in, int from) throws IOException {
    in.finishToken();
    return Arrays.copyOfRange(bytes, from, offset(in.currentLocation().getByteOffset()));
  }

  /** The bytes of the value that is the current token, which is passed over to its end. */
  public byte[] value(JsonParser in) throws IOException {
    int from = at(in);
    in.skipChildren();
    return to(in, from);
  }

  /** The string that is the current token; null for anything else, which is passed over. */
  public static @Nullable String text(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_STRING) {
      return in.getText();
    }
    in.skipChildren();
    return null;
  }

  /** The string of that field of the object that is the current token; null where there is none. */
  public static @Nullable String textOf(JsonParser in, String name) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      in.skipChildren();
      return null;
    }
    String text = null;
    while (in.nextToken() != JsonToken.END_OBJECT) {
      boolean isIt = in.currentName().equals(name);
      in.nextToken();
      if (isIt) {
        text = text(in);
      } else {
        in.skipChildren();
      }
    }
    return text;
  }

  /** The parser counts from the start of the line. */
  private int offset(long inLine) {
    return start + Math.toIntExact(inLine);
  }
}
