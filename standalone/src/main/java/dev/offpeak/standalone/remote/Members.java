package dev.offpeak.standalone.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/**
 * The scalar members of an object, by their paths.
 *
 * @param byPath for instance {@code request_counts/total}
 */
record Members(Map<String, String> byPath) {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int PICO_DIGITS = 12;

  /**
   * Reads one object; of lists only the last element counts.
   *
   * @throws IOException when it is no JSON
   */
  static Members of(byte[] json) throws IOException {
    Map<String, String> members = new HashMap<>();
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      read(parser, "", members);
    }
    return new Members(members);
  }

  private static void read(JsonParser parser, String path, Map<String, String> members)
      throws IOException {
    JsonToken value = parser.currentToken();
    if (value == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String inner = path.isEmpty() ? parser.currentName() : path + "/" + parser.currentName();
        parser.nextToken();
        read(parser, inner, members);
      }
    } else if (value == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        read(parser, path, members);
      }
    } else if (value != null && value != JsonToken.VALUE_NULL) {
      members.put(path, parser.getText());
    }
  }

  /** A text; empty when it is not there. */
  String text(String path) {
    return byPath.getOrDefault(path, "");
  }

  /** A number; 0 when it is not there, or none. */
  long number(String path) {
    String text = text(path);
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  /** Dollars, in 10^-12 of them; 0 when they are not there, or no number. */
  long picoUsd(String path) {
    try {
      BigInteger pico =
          new BigDecimal(text(path).isEmpty() ? "0" : text(path))
              .movePointRight(PICO_DIGITS)
              .toBigInteger();
      return pico.bitLength() > 62 ? 0 : pico.longValue();
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }
}
