package dev.offpeak.simulator.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One server-sent event.
 *
 * @param name of the event, null where it has none
 * @param data one line
 */
public record Event(@Nullable String name, String data) {
  /** An event without a name. */
  public static Event of(JsonNode data) {
    return new Event(null, data.toString());
  }

  /** An event whose name its data says as well. */
  public static Event typed(JsonNode data) {
    return new Event(data.path("type").asText(), data.toString());
  }

  byte[] bytes() {
    String named = name == null ? "" : "event: " + name + "\n";
    return (named + "data: " + data + "\n\n").getBytes(UTF_8);
  }
}
