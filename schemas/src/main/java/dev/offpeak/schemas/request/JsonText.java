package dev.offpeak.schemas.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How JSON is parsed here, and how what is wrong with it is put into words. */
final class JsonText {

  /** Levels of arrays and objects in a body. */
  static final int MAX_DEPTH = 1_000;

  // A body stands one level deep in its line. Lengths are bounded by the record's own.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH + 1)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
          .build();

  private JsonText() {}

  static JsonParser parser(byte[] bytes, int start, int length) throws IOException {
    return FACTORY.createParser(bytes, start, length);
  }

  /** The refusal of text that is no JSON. */
  static Refusal refusal(String what, JsonProcessingException e, int base) {
    if (e instanceof StreamConstraintsException) {
      return Refusal.malformed(
          what + " is nested deeper than " + MAX_DEPTH + " levels; make it flatter");
    }
    String where =
        e.getLocation() == null ? "" : " at byte " + (base + e.getLocation().getByteOffset());
    return Refusal.malformed(what + " is not valid JSON" + where + ": " + JsonComplaint.of(e));
  }

  /** What a value is, in words. */
  static String kind(@Nullable JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      case null, default -> "missing";
    };
  }
}
