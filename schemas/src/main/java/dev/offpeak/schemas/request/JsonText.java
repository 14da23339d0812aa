package dev.offpeak.schemas.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.offpeak.schemas.json.ForeignJson;
import dev.offpeak.schemas.record.Clip;
import dev.offpeak.schemas.record.RecordFault;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How what is wrong with JSON is put into words. */
final class JsonText {

  private static final int REASON = 500;

  private JsonText() {}

  /** The refusal of text that is no JSON. */
  static RequestRefusal refusal(String what, IOException failure, int base) {
    if (!(failure instanceof JsonProcessingException e)) {
      return RequestRefusal.malformed(what + " is not valid JSON: " + RecordFault.words(failure));
    }
    if (e instanceof StreamConstraintsException) {
      return RequestRefusal.malformed(
          what + " is nested deeper than " + ForeignJson.MAX_DEPTH + " levels; make it flatter");
    }
    String where =
        e.getLocation() == null ? "" : " at byte " + (base + e.getLocation().getByteOffset());
    return RequestRefusal.malformed(
        what + " is not valid JSON" + where + ": " + Clip.text(JsonComplaint.of(e), REASON));
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
