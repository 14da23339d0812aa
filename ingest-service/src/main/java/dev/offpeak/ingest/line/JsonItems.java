package dev.offpeak.ingest.line;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.schemas.json.ForeignJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/**
 * Reads a JSON object with an array in it that may be larger than memory: the items of the array
 * one by one, as they stand, and the texts beside it.
 */
public final class JsonItems {

  /** Where its own words speak of the source, which nobody has given a name. */
  private static final Pattern PLACE = Pattern.compile(" \\(start marker.*|\n.*", Pattern.DOTALL);

  private final JsonParser json;
  private final RecentBytes recent;
  private final int itemLimit;
  private final Taker taker;

  /** What is done with it. Paths are the names from the top, with dots between. */
  public interface Taker {

    /** Whether the items of the array there are wanted. */
    boolean wants(String path);

    /** A text or a number. */
    void text(String path, String value) throws IOException;

    /**
     * An item of the array.
     *
     * @param number counted from 0
     * @param bytes on one line
     */
    void item(int number, byte[] bytes) throws IOException;
  }

  /** The bytes are no such JSON. */
  public static final class Malformed extends IOException {

    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message);
    }
  }

  private JsonItems(InputStream in, int itemLimit, Taker taker) throws IOException {
    this.recent = new RecentBytes(in, itemLimit);
    this.json = ForeignJson.parser(recent);
    this.itemLimit = itemLimit;
    this.taker = taker;
  }

  /**
   * Reads an object to its end.
   *
   * @param itemLimit bytes of the longest item
   * @throws Malformed when it is none, or an item is too long
   */
  public static void read(InputStream in, int itemLimit, Taker taker) throws IOException {
    JsonItems items = new JsonItems(in, itemLimit, taker);
    try (JsonParser json = items.json) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new Malformed("the body must be a JSON object");
      }
      items.object("");
      if (json.nextToken() != null) {
        throw new Malformed("something stands behind the JSON object");
      }
    } catch (JsonProcessingException e) {
      throw new Malformed(
          "the body can't be read as JSON at byte "
              + e.getLocation().getByteOffset()
              + ": "
              + PLACE.matcher(e.getOriginalMessage()).replaceFirst(""));
    }
  }

  private void object(String path) throws IOException {
    while (next(path) != JsonToken.END_OBJECT) {
      String name = path.isEmpty() ? json.currentName() : path + "." + json.currentName();
      JsonToken value = next(name);
      if (value == JsonToken.START_ARRAY && taker.wants(name)) {
        array(name);
      } else if (value == JsonToken.START_OBJECT) {
        object(name);
      } else {
        bounded(name, () -> other(name, value));
      }
    }
  }

  private void other(String name, JsonToken value) throws IOException {
    if (value == JsonToken.START_ARRAY) {
      json.skipChildren();
    } else if (value != JsonToken.VALUE_NULL) {
      taker.text(name, json.getText());
    }
  }

  private void array(String path) throws IOException {
    int number = 0;
    while (next(path) != JsonToken.END_ARRAY) {
      String name = path + "." + number;
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw new Malformed(name + " must be a JSON object");
      }
      recent.forgetBefore(json.currentTokenLocation().getByteOffset());
      bounded(name, json::skipChildren);
      byte[] item = recent.upTo(json.currentLocation().getByteOffset());
      if (item.length > itemLimit) {
        throw tooLong(name);
      }
      taker.item(number, onOneLine(item));
      number++;
    }
  }

  private JsonToken next(String path) throws IOException {
    recent.forgetBefore(json.currentLocation().getByteOffset());
    bounded(path, json::nextToken);
    return json.currentToken();
  }

  private interface Reading {
    void read() throws IOException;
  }

  /** Nothing of any length comes to stand in memory. */
  private void bounded(String name, Reading reading) throws IOException {
    try {
      reading.read();
    } catch (RecentBytes.TooLong e) {
      throw tooLong(name);
    }
  }

  private Malformed tooLong(String name) {
    return new Malformed(
        name
            + " has more than "
            + itemLimit
            + " bytes, which is the most for one request (limits.request-bytes)");
  }

  /** Line ends of JSON stand between its tokens only, where a space is as good. */
  public static byte[] onOneLine(byte[] text) {
    byte[] json = text.clone();
    for (int i = 0; i < json.length; i++) {
      if (json[i] == '\n' || json[i] == '\r') {
        json[i] = ' ';
      }
    }
    return json;
  }
}
