package dev.offpeak.simulator.openai.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.stream.Event;
import dev.offpeak.simulator.stream.Pieces;
import java.util.ArrayList;
import java.util.List;

/** A response as the events of its stream. */
final class ResponseEvents {
  private final List<ObjectNode> events = new ArrayList<>();
  private int outputIndex;

  private ResponseEvents() {}

  /** The events that make up a whole response. */
  static List<Event> of(JsonNode response) {
    ResponseEvents its = new ResponseEvents();
    ObjectNode begun = response.deepCopy();
    begun.put("status", "in_progress").putNull("usage").putNull("incomplete_details");
    begun.putArray("output");
    its.add("response.created").set("response", begun);
    its.add("response.in_progress").set("response", begun);
    for (JsonNode item : response.path("output")) {
      its.addItem(item);
      its.outputIndex++;
    }
    its.add("response." + response.path("status").asText()).set("response", response);
    return its.events.stream().map(Event::typed).toList();
  }

  private ObjectNode add(String type) {
    ObjectNode event = Json.MAPPER.createObjectNode().put("type", type);
    event.put("sequence_number", events.size());
    events.add(event);
    return event;
  }

  private ObjectNode addOf(String type, JsonNode item) {
    return add(type).put("item_id", item.path("id").asText()).put("output_index", outputIndex);
  }

  private void addItem(JsonNode item) {
    ObjectNode begun = item.deepCopy();
    String type = item.path("type").asText();
    switch (type) {
      case "message" -> {
        begun.put("status", "in_progress");
        begun.putArray("content");
      }
      case "function_call" -> begun.put("status", "in_progress").put("arguments", "");
      default -> begun.remove("status");
    }
    add("response.output_item.added").put("output_index", outputIndex).set("item", begun);
    if (type.equals("message")) {
      addContent(item, item.path("content").path(0));
    } else if (type.equals("function_call")) {
      addArguments(item);
    }
    add("response.output_item.done").put("output_index", outputIndex).set("item", item);
  }

  private void addContent(JsonNode item, JsonNode part) {
    ObjectNode empty = part.deepCopy();
    empty.put("text", "");
    addOf("response.content_part.added", item).put("content_index", 0).set("part", empty);
    for (String piece : Pieces.of(part.path("text").asText())) {
      ObjectNode delta = addOf("response.output_text.delta", item).put("content_index", 0);
      delta.put("delta", piece).putArray("logprobs");
    }
    ObjectNode done = addOf("response.output_text.done", item).put("content_index", 0);
    done.put("text", part.path("text").asText()).putArray("logprobs");
    addOf("response.content_part.done", item).put("content_index", 0).set("part", part);
  }

  private void addArguments(JsonNode item) {
    String arguments = item.path("arguments").asText();
    for (String piece : Pieces.of(arguments)) {
      addOf("response.function_call_arguments.delta", item).put("delta", piece);
    }
    addOf("response.function_call_arguments.done", item)
        .put("name", item.path("name").asText())
        .put("arguments", arguments);
  }
}
