package dev.offpeak.simulator.openai.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.openai.request.Endpoint;
import dev.offpeak.simulator.openai.request.RequestFacts;
import dev.offpeak.simulator.openai.wire.OpenAiErrors;
import dev.offpeak.simulator.stream.Course;
import dev.offpeak.simulator.stream.Event;
import dev.offpeak.simulator.stream.EventStream;
import java.io.IOException;

/** Answers as streams. */
public final class AnswerEvents {
  private AnswerEvents() {}

  /** Whether an endpoint has streams. */
  public static boolean streams(Endpoint endpoint) {
    return endpoint != Endpoint.EMBEDDINGS && endpoint != Endpoint.MODERATIONS;
  }

  /**
   * The stream of an answer.
   *
   * @param answer the whole of it, as it is without a stream
   */
  public static Reply of(Endpoint endpoint, RequestFacts facts, byte[] answer, Course course)
      throws IOException {
    JsonNode whole = Json.MAPPER.readTree(answer);
    ObjectNode error =
        (ObjectNode)
            Json.MAPPER.readTree(Json.bytes(OpenAiErrors.ofStatus(500, null, null)::write));
    if (endpoint == Endpoint.RESPONSES) {
      ObjectNode event = error.withObject("error").put("type", "error");
      event.put("sequence_number", Math.max(0, course.breakAfter()));
      return EventStream.of(ResponseEvents.of(whole), course, Event.typed(event));
    }
    return EventStream.of(ChatEvents.of(whole, facts.includeUsage), course, Event.of(error));
  }
}
