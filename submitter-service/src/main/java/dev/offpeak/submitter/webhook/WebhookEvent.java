package dev.offpeak.submitter.webhook;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.schemas.json.ForeignJson;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook tells: OpenAI's {@code {"type":"batch.completed","data":{"id":"batch_..."}}} and
 * Gemini's {@code {"type":"batch.succeeded","data":{"id":"..."}}} (docs/providers A6, C6).
 * Everything else in it is passed over, so that providers may say more.
 *
 * @param type such as {@code batch.completed}; empty when there is none
 * @param id of what it is about; empty when there is none
 */
record WebhookEvent(String type, String id) {

  private static final String BATCH_EVENTS = "batch.";
  private static final String OPENAI_IDS = "batch_";
  private static final String GEMINI_NAMES = "batches/";

  /**
   * Reads the body of a webhook.
   *
   * @throws IOException when it is not a JSON object
   */
  static WebhookEvent parse(byte[] body) throws IOException {
    try (JsonParser json = ForeignJson.parser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("a webhook must be a JSON object");
      }
      String type = "";
      String id = "";
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        if (name.equals("type")) {
          type = textOrEmpty(json);
        } else if (name.equals("data") && json.currentToken() == JsonToken.START_OBJECT) {
          id = id(json);
        } else {
          json.skipChildren();
        }
      }
      return new WebhookEvent(type, id);
    }
  }

  private static String id(JsonParser json) throws IOException {
    String id = "";
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      if (name.equals("id")) {
        id = textOrEmpty(json);
      } else {
        json.skipChildren();
      }
    }
    return id;
  }

  private static String textOrEmpty(JsonParser json) throws IOException {
    @Nullable String text = json.getValueAsString();
    json.skipChildren();
    return text == null ? "" : text;
  }

  /**
   * The job that it is about, as the provider's other answers name it, when it is about a job.
   * Gemini's ids are understood with and without {@code batches/}, since no source shows which it
   * is.
   */
  Optional<String> jobId() {
    if (!type.startsWith(BATCH_EVENTS) || id.isEmpty()) {
      return Optional.empty();
    }
    boolean whole = id.startsWith(OPENAI_IDS) || id.startsWith(GEMINI_NAMES);
    return Optional.of(whole ? id : GEMINI_NAMES + id);
  }
}
