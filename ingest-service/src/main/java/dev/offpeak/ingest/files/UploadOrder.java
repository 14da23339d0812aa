package dev.offpeak.ingest.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.schemas.json.ForeignJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the body of a call about an upload says.
 *
 * @param texts its members that are strings
 * @param bytes null when it says nothing of them
 * @param life seconds that the file shall be kept; null for the usual time
 * @param parts null when it says nothing of them
 */
record UploadOrder(
    Map<String, String> texts,
    @Nullable Long bytes,
    @Nullable Long life,
    @Nullable List<String> parts) {

  private static final int MOST_PARTS = 20_000;

  /**
   * Reads it.
   *
   * @throws ApiException when it is no JSON object
   */
  static UploadOrder of(byte[] body) {
    Map<String, String> texts = new HashMap<>();
    Long bytes = null;
    Long life = null;
    List<String> parts = null;
    try (JsonParser json = ForeignJson.parser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw Uploads.bad("the body must be a JSON object", null);
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        JsonToken value = json.nextToken();
        if (value == JsonToken.VALUE_STRING) {
          texts.put(field, json.getText());
        } else if (field.equals("bytes") && value == JsonToken.VALUE_NUMBER_INT) {
          bytes = json.getLongValue();
        } else if (field.equals("part_ids") && value == JsonToken.START_ARRAY) {
          parts = parts(json);
        } else if (field.equals("expires_after") && value == JsonToken.START_OBJECT) {
          life = seconds(json);
        } else {
          json.skipChildren();
        }
      }
    } catch (IOException e) {
      throw Uploads.bad("the body can't be read as JSON", null);
    }
    return new UploadOrder(texts, bytes, life, parts);
  }

  private static List<String> parts(JsonParser json) throws IOException {
    List<String> parts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_STRING || parts.size() == MOST_PARTS) {
        throw Uploads.bad("part_ids must be at most " + MOST_PARTS + " ids of parts", "part_ids");
      }
      parts.add(json.getText());
    }
    return parts;
  }

  private static @Nullable Long seconds(JsonParser json) throws IOException {
    Long seconds = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      if (json.nextToken() == JsonToken.VALUE_NUMBER_INT && key.equals("seconds")) {
        seconds = json.getLongValue();
      }
      json.skipChildren();
    }
    return seconds;
  }

  /**
   * A text that must be there.
   *
   * @throws ApiException when it is not
   */
  String required(String name) {
    String text = texts.get(name);
    if (text == null) {
      throw missing(name);
    }
    return text;
  }

  static ApiException missing(String name) {
    return new ApiException(
        new ApiError(
            400,
            "missing_required_parameter",
            "Missing required parameter: '" + name + "'.",
            name));
  }
}
