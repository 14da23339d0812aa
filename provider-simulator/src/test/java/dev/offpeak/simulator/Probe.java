package dev.offpeak.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.WireClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** The same few steps with each provider, to see that a fault does the same to all. */
enum Probe {
  OPENAI {
    @Override
    WireClient wire(URI root) {
      return new OpenAiClient(root.resolve("/v1"), "sk-test").wire();
    }

    @Override
    Answer create(URI root, int requests, String padding) throws IOException {
      OpenAiClient client = new OpenAiClient(root.resolve("/v1"), "sk-test");
      String file = client.uploaded(Lines.chats(requests, padding));
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
    Answer ended(URI root, String id) {
      return Waiting.forAnswer(
          wire(root),
          "/batches/" + id,
          batch -> !batch.path("error_file_id").isNull() || !batch.path("output_file_id").isNull());
    }

    @Override
    List<Answer> results(URI root, JsonNode ended) throws IOException {
      return List.of(
          wire(root).get("/files/" + ended.path("output_file_id").asText() + "/content"),
          wire(root).get("/files/" + ended.path("error_file_id").asText() + "/content"));
    }

    @Override
    String state(JsonNode ended) {
      return ended.path("status").textValue();
    }
  },
  ANTHROPIC {
    @Override
    WireClient wire(URI root) {
      return AnthropicClient.of(root).wire();
    }

    @Override
    Answer create(URI root, int requests, String padding) throws IOException {
      return wire(root).post(AnthropicClient.BATCHES, AnthropicClient.body(requests, padding));
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
    Answer ended(URI root, String id) {
      return Waiting.forAnswer(
          wire(root),
          AnthropicClient.BATCHES + "/" + id,
          batch -> batch.path("processing_status").asText().equals("ended"));
    }

    @Override
    List<Answer> results(URI root, JsonNode ended) throws IOException {
      return List.of(wire(root).get(ended.path("results_url").asText()));
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
    WireClient wire(URI root) {
      return GeminiClient.of(root).wire();
    }

    @Override
    Answer create(URI root, int requests, String padding) throws IOException {
      GeminiClient client = GeminiClient.of(root);
      String file = client.uploaded(GeminiClient.lines(requests, padding));
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
    Answer ended(URI root, String name) {
      return Waiting.forAnswer(
          wire(root),
          "/v1beta/" + name,
          operation -> operation.has("error") || operation.path("response").size() > 1);
    }

    @Override
    List<Answer> results(URI root, JsonNode ended) throws IOException {
      String file = ended.at("/response/responsesFile").asText();
      return List.of(wire(root).get("/v1beta/" + file + ":download?alt=media"));
    }

    @Override
    String state(JsonNode ended) {
      String state = ended.at("/metadata/state").textValue().substring("BATCH_STATE_".length());
      return state.equals("SUCCEEDED") ? "completed" : state.toLowerCase(Locale.ROOT);
    }
  };

  /** A client of its own key. */
  abstract WireClient wire(URI root);

  /**
   * Creates a batch of requests, uploading them first where that has to be.
   *
   * @param padding makes each request longer
   */
  abstract Answer create(URI root, int requests, String padding) throws IOException;

  abstract String listPath();

  abstract int listed(JsonNode list);

  /** Waits until the batch has ended and its results can be asked for. */
  abstract Answer ended(URI root, String id);

  abstract List<Answer> results(URI root, JsonNode ended) throws IOException;

  /** How it ended, in one spelling. */
  abstract String state(JsonNode ended);

  Answer create(URI root, int requests) throws IOException {
    return create(root, requests, "");
  }

  int listed(URI root) throws IOException {
    return listed(wire(root).get(listPath()).json());
  }

  /** The id by which a batch is asked for. */
  static String id(Answer created) {
    return created.json().path(created.json().has("id") ? "id" : "name").textValue();
  }
}
