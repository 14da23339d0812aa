package dev.offpeak.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.WireClient.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The same few steps with each provider, to see that a fault does the same to all. */
enum Probe {
  OPENAI {
    @Override
    WireClient wire(Simulator simulator) {
      return OpenAiClient.of(simulator).wire();
    }

    @Override
    Answer create(Simulator simulator, int requests) throws IOException {
      OpenAiClient client = OpenAiClient.of(simulator);
      String file = client.uploaded(Lines.chats(requests));
      return client.post("/batches", OpenAiClient.order(file, "/v1/chat/completions"));
    }

    @Override
    String listPath() {
      return "/batches";
    }

    @Override
    int listed(JsonNode list) {
      return list.path("data").size();
    }

    @Override
    Answer ended(Simulator simulator, String id) {
      return Waiting.forAnswer(
          wire(simulator),
          "/batches/" + id,
          batch -> !batch.path("error_file_id").isNull() || !batch.path("output_file_id").isNull());
    }

    @Override
    List<Answer> results(Simulator simulator, JsonNode ended) throws IOException {
      return List.of(
          wire(simulator).get("/files/" + ended.path("output_file_id").asText() + "/content"),
          wire(simulator).get("/files/" + ended.path("error_file_id").asText() + "/content"));
    }

    @Override
    String state(JsonNode ended) {
      return ended.path("status").textValue();
    }
  },
  ANTHROPIC {
    @Override
    WireClient wire(Simulator simulator) {
      return AnthropicClient.of(simulator).wire();
    }

    @Override
    Answer create(Simulator simulator, int requests) throws IOException {
      return wire(simulator).post(AnthropicClient.BATCHES, AnthropicClient.body(requests));
    }

    @Override
    String listPath() {
      return AnthropicClient.BATCHES;
    }

    @Override
    int listed(JsonNode list) {
      return list.path("data").size();
    }

    @Override
    Answer ended(Simulator simulator, String id) {
      return Waiting.forAnswer(
          wire(simulator),
          AnthropicClient.BATCHES + "/" + id,
          batch -> batch.path("processing_status").asText().equals("ended"));
    }

    @Override
    List<Answer> results(Simulator simulator, JsonNode ended) throws IOException {
      return List.of(wire(simulator).get(ended.path("results_url").asText()));
    }

    @Override
    String state(JsonNode ended) {
      JsonNode counts = ended.path("request_counts");
      return counts.path("canceled").intValue() > 0
          ? "cancelled"
          : counts.path("expired").intValue() > 0 ? "expired" : "completed";
    }
  },
  GEMINI {
    @Override
    WireClient wire(Simulator simulator) {
      return GeminiClient.of(simulator).wire();
    }

    @Override
    Answer create(Simulator simulator, int requests) throws IOException {
      GeminiClient client = GeminiClient.of(simulator);
      String file = client.uploaded(GeminiClient.lines(requests));
      return client.wire().post(GeminiClient.CREATE, GeminiClient.fileOrder(file));
    }

    @Override
    String listPath() {
      return "/v1beta/batches";
    }

    @Override
    int listed(JsonNode list) {
      return list.path("operations").size();
    }

    @Override
    Answer ended(Simulator simulator, String name) {
      return Waiting.forAnswer(
          wire(simulator),
          "/v1beta/" + name,
          operation -> operation.has("error") || operation.path("response").size() > 1);
    }

    @Override
    List<Answer> results(Simulator simulator, JsonNode ended) throws IOException {
      String file = ended.at("/response/responsesFile").asText();
      return List.of(wire(simulator).get("/v1beta/" + file + ":download?alt=media"));
    }

    @Override
    String state(JsonNode ended) {
      String state = ended.at("/metadata/state").textValue().substring("BATCH_STATE_".length());
      return state.equals("SUCCEEDED") ? "completed" : state.toLowerCase(Locale.ROOT);
    }
  };

  /** A client of its own key. */
  abstract WireClient wire(Simulator simulator);

  /** Creates a batch of requests, uploading them first where that has to be. */
  abstract Answer create(Simulator simulator, int requests) throws IOException;

  abstract String listPath();

  abstract int listed(JsonNode list);

  /** Waits until the batch has ended and its results can be asked for. */
  abstract Answer ended(Simulator simulator, String id);

  abstract List<Answer> results(Simulator simulator, JsonNode ended) throws IOException;

  /** How it ended, in one spelling. */
  abstract String state(JsonNode ended);

  int listed(Simulator simulator) throws IOException {
    return listed(wire(simulator).get(listPath()).json());
  }

  /** The id by which a batch is asked for. */
  static String id(Answer created) {
    return created.json().path(created.json().has("id") ? "id" : "name").textValue();
  }
}
