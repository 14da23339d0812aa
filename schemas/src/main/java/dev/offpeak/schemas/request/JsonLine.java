package dev.offpeak.schemas.request;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.schemas.json.ForeignJson;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The top level of a batch-file line, whichever provider's. Filled while it is read, so that the
 * custom id of a broken line is known when it stands before the break.
 */
final class JsonLine {

  private final Set<String> names = HashSet.newHashSet(8);
  @Nullable JsonToken customIdKind;
  @Nullable String customId;
  @Nullable JsonToken keyKind;
  @Nullable String key;
  @Nullable JsonToken methodKind;
  @Nullable String method;
  @Nullable JsonToken urlKind;
  @Nullable String url;
  @Nullable JsonBody body;
  @Nullable JsonBody params;
  @Nullable JsonBody request;

  /** Reads the whole value strictly: one JSON object and nothing behind it. */
  void read(byte[] value, int start) throws RequestRefusal {
    try (JsonParser parser = ForeignJson.parser(value, start, value.length - start)) {
      parser.nextToken();
      String name;
      while ((name = parser.nextFieldName()) != null) {
        if (!names.add(name)) {
          throw RequestRefusal.malformed(
              "\"" + TextRules.shorten(name) + "\" stands twice in the line");
        }
        readField(name, parser, parser.nextToken(), start);
      }
      if (parser.nextToken() != null) {
        throw RequestRefusal.malformed(
            "a second JSON value begins at byte "
                + (start + parser.currentTokenLocation().getByteOffset())
                + "; a record holds one line");
      }
    } catch (IOException e) {
      throw JsonText.refusal("the line", e, start);
    }
  }

  private void readField(String name, JsonParser parser, JsonToken value, int base)
      throws IOException, RequestRefusal {
    switch (name) {
      case "custom_id" -> {
        customIdKind = value;
        customId = text(parser, value);
      }
      case "key" -> {
        keyKind = value;
        key = text(parser, value);
      }
      case "method" -> {
        methodKind = value;
        method = text(parser, value);
      }
      case "url" -> {
        urlKind = value;
        url = text(parser, value);
      }
      case "body" -> body = JsonBody.read(parser, base);
      case "params" -> params = JsonBody.read(parser, base);
      case "request" -> request = JsonBody.read(parser, base);
      default -> parser.skipChildren();
    }
  }

  private static @Nullable String text(JsonParser parser, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    parser.skipChildren();
    return null;
  }
}
