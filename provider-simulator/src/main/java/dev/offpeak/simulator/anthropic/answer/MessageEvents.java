package dev.offpeak.simulator.anthropic.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.offpeak.simulator.anthropic.wire.AnthropicErrors;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.stream.Course;
import dev.offpeak.simulator.stream.Event;
import dev.offpeak.simulator.stream.EventStream;
import dev.offpeak.simulator.stream.Pieces;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A message as the events of its stream. */
public final class MessageEvents {
  private final List<ObjectNode> events = new ArrayList<>();

  private MessageEvents() {}

  /**
   * The stream of a message.
   *
   * @param message the whole of it, as it is without a stream
   * @param requestId of the call, quoted in errors
   */
  public static Reply of(byte[] message, Course course, String requestId) throws IOException {
    MessageEvents its = new MessageEvents();
    its.add(Json.MAPPER.readTree(message));
    JsonNode error =
        Json.MAPPER.readTree(
            Json.bytes(json -> AnthropicErrors.ofStatus(529, null, null).write(json, requestId)));
    return EventStream.of(
        its.events.stream().map(Event::typed).toList(), course, Event.typed(error));
  }

  private void add(JsonNode message) {
    ObjectNode begun = message.deepCopy();
    begun.putArray("content");
    begun.putNull("stop_reason").withObject("usage").put("output_tokens", 1);
    add("message_start").set("message", begun);
    int index = 0;
    for (JsonNode block : message.path("content")) {
      addBlock(block, index++);
    }
    ObjectNode end = add("message_delta");
    ObjectNode delta = end.putObject("delta");
    delta.set("stop_reason", message.path("stop_reason"));
    delta.putNull("stop_sequence");
    ObjectNode usage = message.path("usage").deepCopy();
    usage.remove(List.of("cache_creation", "service_tier"));
    end.set("usage", usage);
    add("message_stop");
  }

  private ObjectNode add(String type) {
    ObjectNode event = Json.MAPPER.createObjectNode().put("type", type);
    events.add(event);
    return event;
  }

  private void addBlock(JsonNode block, int index) {
    ObjectNode begun = block.deepCopy();
    switch (block.path("type").asText()) {
      case "text" -> begun.put("text", "");
      case "thinking" -> begun.put("thinking", "").put("signature", "");
      default -> begun.putObject("input");
    }
    add("content_block_start").put("index", index).set("content_block", begun);
    if (index == 0) {
      add("ping");
    }
    switch (block.path("type").asText()) {
      case "text" -> addDeltas(index, "text_delta", "text", block.path("text").asText());
      case "thinking" -> {
        addDeltas(index, "thinking_delta", "thinking", block.path("thinking").asText());
        addDelta(index, "signature_delta", "signature", block.path("signature").asText());
      }
      default -> {
        addDelta(index, "input_json_delta", "partial_json", "");
        addDeltas(index, "input_json_delta", "partial_json", block.path("input").toString());
      }
    }
    add("content_block_stop").put("index", index);
  }

  private void addDeltas(int index, String type, String field, String text) {
    Pieces.of(text).forEach(piece -> addDelta(index, type, field, piece));
  }

  private void addDelta(int index, String type, String field, String piece) {
    ObjectNode delta = add("content_block_delta").put("index", index).putObject("delta");
    delta.put("type", type).put(field, piece);
  }
}
