package dev.offpeak.simulator.openai.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.stream.Event;
import dev.offpeak.simulator.stream.Pieces;
import java.util.ArrayList;
import java.util.List;

/** A chat completion, or one of the old text completions, as the chunks of a stream. */
final class ChatEvents {
  private static final List<String> COMMON =
      List.of("id", "created", "model", "service_tier", "system_fingerprint");

  private final JsonNode answer;
  private final boolean withUsage;
  private final List<Event> events = new ArrayList<>();

  private ChatEvents(JsonNode answer, boolean withUsage) {
    this.answer = answer;
    this.withUsage = withUsage;
  }

  /**
   * The chunks.
   *
   * @param answer the whole completion
   * @param withUsage whether the last chunk says what it cost
   */
  static List<Event> of(JsonNode answer, boolean withUsage) {
    ChatEvents its = new ChatEvents(answer, withUsage);
    for (JsonNode choice : answer.path("choices")) {
      its.addChoice(choice);
    }
    if (withUsage) {
      ObjectNode last = its.chunk();
      last.putArray("choices");
      last.set("usage", answer.path("usage"));
      its.events.add(Event.of(last));
    }
    its.events.add(new Event(null, "[DONE]"));
    return its.events;
  }

  private void addChoice(JsonNode choice) {
    JsonNode message = choice.path("message");
    if (message.isMissingNode()) {
      Pieces.of(choice.path("text").asText())
          .forEach(piece -> add(choice, Json.MAPPER.createObjectNode().put("text", piece), false));
      add(choice, Json.MAPPER.createObjectNode().put("text", ""), true);
      return;
    }
    ObjectNode first = Json.MAPPER.createObjectNode().put("role", "assistant");
    JsonNode calls = message.path("tool_calls");
    first.put("content", calls.isEmpty() ? "" : null).putNull("refusal");
    if (!calls.isEmpty()) {
      ObjectNode call = calls.get(0).deepCopy();
      call.put("index", 0).withObject("function").put("arguments", "");
      first.putArray("tool_calls").add(call);
    }
    addDelta(choice, first, false);
    Pieces.of(message.path("content").asText(""))
        .forEach(
            piece -> addDelta(choice, Json.MAPPER.createObjectNode().put("content", piece), false));
    for (JsonNode call : calls) {
      Pieces.of(call.at("/function/arguments").asText())
          .forEach(piece -> addDelta(choice, arguments(piece), false));
    }
    addDelta(choice, Json.MAPPER.createObjectNode(), true);
  }

  private static ObjectNode arguments(String piece) {
    ObjectNode delta = Json.MAPPER.createObjectNode();
    ObjectNode call = delta.putArray("tool_calls").addObject().put("index", 0);
    call.putObject("function").put("arguments", piece);
    return delta;
  }

  private void addDelta(JsonNode choice, ObjectNode delta, boolean last) {
    add(choice, Json.MAPPER.createObjectNode().set("delta", delta), last);
  }

  private void add(JsonNode choice, ObjectNode content, boolean last) {
    ObjectNode chunk = chunk();
    ObjectNode its = chunk.putArray("choices").addObject();
    its.put("index", choice.path("index").asInt()).setAll(content);
    its.putNull("logprobs");
    its.set("finish_reason", last ? choice.path("finish_reason") : null);
    if (withUsage) {
      chunk.putNull("usage");
    }
    events.add(Event.of(chunk));
  }

  private ObjectNode chunk() {
    ObjectNode chunk = Json.MAPPER.createObjectNode();
    boolean chat = answer.path("object").asText().equals("chat.completion");
    chunk.put("object", chat ? "chat.completion.chunk" : "text_completion");
    for (String name : COMMON) {
      if (answer.has(name)) {
        chunk.set(name, answer.get(name));
      }
    }
    return chunk;
  }
}
