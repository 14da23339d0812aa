package dev.offpeak.simulator.scan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Small steps of a streaming reader. */
public final class Scan {
  private Scan() {}

  /** A text that is JSON but not one object. */
  public static final class NoObject extends IOException {
    private static final long serialVersionUID = 1L;

    NoObject() {
      super("not a JSON object");
    }
  }

  /** Enters the object that the text is. */
  public static void begin(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new NoObject();
    }
  }

  /** Makes sure that nothing follows. */
  public static void end(JsonParser json) throws IOException {
    if (json.nextToken() != null) {
      throw new NoObject();
    }
  }

  /** Reads a field of an object. */
  @FunctionalInterface
  public interface FieldReader {
    /** Reads the value that the parser stands at, to its end. */
    void read(String name, JsonToken value) throws IOException;
  }

  /** Reads what is left of the object that the parser is in. */
  public static void fields(JsonParser json, FieldReader reader) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      reader.read(name, json.nextToken());
    }
  }

  /** The current value when it is a text; skipped and null when it is not. */
  public static @Nullable String text(JsonParser json, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    json.skipChildren();
    return null;
  }

  /** The current value when it is a whole number; skipped when it is not. */
  public static long number(JsonParser json, JsonToken value, long otherwise) throws IOException {
    if (value == JsonToken.VALUE_NUMBER_INT) {
      return json.getBigIntegerValue().bitLength() > 62 ? otherwise : json.getLongValue();
    }
    json.skipChildren();
    return otherwise;
  }

  /** Where in the buffer the current token begins, when the parser began at that offset. */
  public static int tokenStart(JsonParser json, int offset) {
    return offset + (int) json.currentTokenLocation().getByteOffset();
  }

  /** Where in the buffer the current token ends. */
  public static int tokenEnd(JsonParser json, int offset) {
    return offset + (int) json.currentLocation().getByteOffset();
  }
}
