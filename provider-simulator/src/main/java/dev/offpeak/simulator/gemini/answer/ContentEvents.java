package dev.offpeak.simulator.gemini.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.offpeak.simulator.gemini.wire.GeminiErrors;
import dev.offpeak.simulator.gemini.wire.RpcCode;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.stream.Course;
import dev.offpeak.simulator.stream.Event;
import dev.offpeak.simulator.stream.EventStream;
import dev.offpeak.simulator.stream.Pieces;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A response of the model as a stream of responses. */
public final class ContentEvents {
  private ContentEvents() {}

  /**
   * The stream of a response.
   *
   * @param response the whole of it, as it is without a stream
   * @param events whether it is sent as events, or else as a list in JSON
   */
  public static Reply of(byte[] response, boolean events, Course course) throws IOException {
    List<JsonNode> pieces = pieces(Json.MAPPER.readTree(response));
    if (!events) {
      String list =
          pieces.stream().map(JsonNode::toString).collect(Collectors.joining(",\n", "[", "]"));
      return Reply.json(200, list.getBytes(UTF_8));
    }
    byte[] error =
        Json.bytes(
            json ->
                GeminiErrors.write(json, 503, RpcCode.UNAVAILABLE.name(), GeminiErrors.usual(503)));
    return EventStream.of(
        pieces.stream().map(Event::of).toList(), course, Event.of(Json.MAPPER.readTree(error)));
  }

  private static List<JsonNode> pieces(JsonNode whole) {
    List<JsonNode> pieces = new ArrayList<>();
    for (JsonNode candidate : whole.path("candidates")) {
      JsonNode part = candidate.at("/content/parts/0");
      List<String> texts = part.has("text") ? Pieces.of(part.path("text").asText()) : List.of();
      for (int i = 0; i < Math.max(1, texts.size()); i++) {
        ObjectNode piece = whole.deepCopy();
        ObjectNode its = candidate.deepCopy();
        if (i < texts.size()) {
          its.withObject("content").putArray("parts").addObject().put("text", texts.get(i));
        }
        if (i < texts.size() - 1) {
          its.remove("finishReason");
        }
        piece.putArray("candidates").add(its);
        pieces.add(piece);
      }
    }
    return pieces;
  }
}
