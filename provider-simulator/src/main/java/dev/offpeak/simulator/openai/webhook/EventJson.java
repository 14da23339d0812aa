package dev.offpeak.simulator.openai.webhook;

import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.webhook.Event;

/** Events as OpenAI writes them: thin, the batch itself is for the receiver to fetch. */
final class EventJson {
  private EventJson() {}

  static Event event(String id, String type, String subject, long seconds) {
    return new Event(
        id,
        type,
        Json.bytes(
            json -> {
              json.writeStartObject();
              json.writeStringField("id", id);
              json.writeStringField("object", "event");
              json.writeNumberField("created_at", seconds);
              json.writeStringField("type", type);
              json.writeObjectFieldStart("data");
              json.writeStringField("id", subject);
              json.writeEndObject();
              json.writeEndObject();
            }));
  }
}
