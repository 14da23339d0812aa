package dev.offpeak.ingest.line;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.schemas.json.ForeignJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a member of a JSON object stands in its bytes, so that it can be taken out, or all but it
 * be kept, without a change to the rest.
 *
 * @param start of its name
 * @param value start of its value
 * @param end behind its value
 */
public record JsonSpan(int start, int value, int end) {

  /** That of the member at the end of this path, or null when there is none. */
  public static @Nullable JsonSpan of(byte[] json, String... path) throws IOException {
    try (JsonParser parser = ForeignJson.parser(json)) {
      parser.nextToken();
      int depth = 0;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isNext = parser.currentName().equals(path[depth]);
        int start = (int) parser.currentTokenLocation().getByteOffset();
        JsonToken token = parser.nextToken();
        int value = (int) parser.currentTokenLocation().getByteOffset();
        if (isNext && depth < path.length - 1) {
          if (token != JsonToken.START_OBJECT) {
            return null;
          }
          depth++;
          continue;
        }
        parser.finishToken();
        parser.skipChildren();
        if (isNext) {
          return new JsonSpan(start, value, (int) parser.currentLocation().getByteOffset());
        }
      }
      return null;
    }
  }

  /** The bytes of the value. */
  public byte[] valueIn(byte[] json) {
    return Arrays.copyOfRange(json, value, end);
  }

  /** All but this member and one comma beside it. */
  public byte[] cutFrom(byte[] json) {
    int from = start;
    int to = passWhite(json, end);
    if (json[to] == ',') {
      to++;
    } else {
      int before = from - 1;
      while (isWhite(json[before])) {
        before--;
      }
      from = json[before] == ',' ? before : from;
      to = end;
    }
    ByteArrayOutputStream rest = new ByteArrayOutputStream(json.length);
    rest.write(json, 0, from);
    rest.write(json, to, json.length - to);
    return rest.toByteArray();
  }

  private static int passWhite(byte[] json, int at) {
    int next = at;
    while (isWhite(json[next])) {
      next++;
    }
    return next;
  }

  private static boolean isWhite(byte letter) {
    return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
  }
}
