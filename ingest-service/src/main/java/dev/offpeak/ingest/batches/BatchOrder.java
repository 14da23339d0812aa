package dev.offpeak.ingest.batches;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.schemas.json.ForeignJson;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a create asks for.
 *
 * @param completionWindow as it was sent
 * @param metadata null when there is none
 * @param outputLife seconds; null for the usual life
 */
record BatchOrder(
    String inputFile,
    String endpoint,
    String completionWindow,
    @Nullable Map<String, String> metadata,
    @Nullable Long outputLife) {

  private static final int MOST_PAIRS = 16;
  private static final int LONGEST_KEY = 64;
  private static final int LONGEST_VALUE = 512;
  private static final long SHORTEST_LIFE = 3_600;
  private static final long LONGEST_LIFE = 2_592_000;

  /**
   * Reads the body of a create.
   *
   * @throws ApiException when something is missing or wrong
   */
  static BatchOrder of(byte[] body) {
    Map<String, String> texts = new TreeMap<>();
    Map<String, String> metadata = null;
    Long life = null;
    try (JsonParser json = ForeignJson.parser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw bad("the body must be a JSON object", null);
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        JsonToken value = json.nextToken();
        if (field.equals("metadata") && value == JsonToken.START_OBJECT) {
          metadata = metadata(json);
        } else if (field.equals("output_expires_after") && value == JsonToken.START_OBJECT) {
          life = life(json);
        } else if (value == JsonToken.VALUE_STRING) {
          texts.put(field, json.getText());
        } else {
          json.skipChildren();
        }
      }
    } catch (IOException e) {
      throw bad("the body can't be read as JSON", null);
    }
    return new BatchOrder(
            required(texts, "input_file_id"),
            versioned(required(texts, "endpoint")),
            required(texts, "completion_window"),
            metadata,
            life)
        .checked();
  }

  /** Azure's clients name no version. */
  private static String versioned(String endpoint) {
    return endpoint.startsWith("/") && !endpoint.startsWith("/v1") ? "/v1" + endpoint : endpoint;
  }

  private BatchOrder checked() {
    if (!endpoint.startsWith("/v1")) {
      throw bad(
          "endpoint is '"
              + endpoint
              + "'; it must be that of the lines, such as"
              + " /v1/chat/completions",
          "endpoint");
    }
    if (CompletionWindow.of(completionWindow).isEmpty()) {
      throw bad(
          "completion_window is '"
              + completionWindow
              + "'; it must be 24h, or more hours (48h) or days (7d)",
          "completion_window");
    }
    return this;
  }

  private static Map<String, String> metadata(JsonParser json) throws IOException {
    Map<String, String> all = new TreeMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      if (json.nextToken() != JsonToken.VALUE_STRING
          || key.length() > LONGEST_KEY
          || json.getText().length() > LONGEST_VALUE) {
        throw bad(
            "metadata has strings only: keys of at most 64 characters, values of at most 512",
            "metadata");
      }
      all.put(key, json.getText());
    }
    if (all.size() > MOST_PAIRS) {
      throw bad("metadata has " + all.size() + " pairs; at most 16 are allowed", "metadata");
    }
    return all;
  }

  private static @Nullable Long life(JsonParser json) throws IOException {
    Long life = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      if (json.nextToken() == JsonToken.VALUE_NUMBER_INT && key.equals("seconds")) {
        life = json.getLongValue();
      }
      json.skipChildren();
    }
    if (life != null && (life < SHORTEST_LIFE || life > LONGEST_LIFE)) {
      throw bad(
          "output_expires_after.seconds must be from 3600 to 2592000", "output_expires_after");
    }
    return life;
  }

  private static String required(Map<String, String> texts, String field) {
    String text = texts.get(field);
    if (text == null) {
      throw new ApiException(
          new ApiError(
              400,
              "missing_required_parameter",
              "Missing required parameter: '" + field + "'.",
              field));
    }
    return text;
  }

  private static ApiException bad(String message, @Nullable String param) {
    return new ApiException(new ApiError(400, "invalid_value", message, param));
  }
}
