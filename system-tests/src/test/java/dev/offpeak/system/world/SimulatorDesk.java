package dev.offpeak.system.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;

/** What the simulator tells of itself and takes orders for, below {@code /_sim}. */
public final class SimulatorDesk {

  private static final String OPENAI_KEY = "{\"key\":\"sk-openai\"}";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI root;

  SimulatorDesk(URI root) {
    this.root = root;
  }

  /** Where its ledger is, one execution a line. */
  public URI ledger() {
    return root.resolve("/_sim/ledger");
  }

  /** The ledger added up. */
  public JsonNode summary() throws IOException, InterruptedException {
    return JSON.readTree(Http.get(root.resolve("/_sim/ledger/summary")));
  }

  /** Input files of ours that OpenAI has, by its own list. */
  public int openAiFiles() throws IOException, InterruptedException {
    return list("/v1/files?purpose=batch&limit=10000", "authorization", "Bearer sk-openai")
        .path("data")
        .size();
  }

  /** Input files of ours that Gemini has, by its own list. */
  public int geminiFiles() throws IOException, InterruptedException {
    int uploaded = 0;
    String next = "";
    do {
      JsonNode page =
          list("/v1beta/files?pageSize=100&pageToken=" + next, "x-goog-api-key", "sk-gemini");
      for (JsonNode file : page.path("files")) {
        uploaded += file.path("source").asText().equals("UPLOADED") ? 1 : 0;
      }
      next = page.path("nextPageToken").asText();
    } while (!next.isEmpty());
    return uploaded;
  }

  private JsonNode list(String path, String header, String key)
      throws IOException, InterruptedException {
    return JSON.readTree(
        Http.of(HttpRequest.newBuilder(root.resolve(path)).header(header, key).GET()));
  }

  /** How many calls have met a fault, by the rules in force. */
  public int faultsMet() throws IOException, InterruptedException {
    return JSON.readTree(Http.get(root.resolve("/_sim/faults"))).findValues("happened").stream()
        .mapToInt(JsonNode::asInt)
        .sum();
  }

  /** More rules, as YAML. */
  public void addFaults(String yaml) throws IOException, InterruptedException {
    Http.post(root.resolve("/_sim/faults"), yaml);
  }

  /** OpenAI refuses the key of its first account. */
  public void revokeOpenAiKey() throws IOException, InterruptedException {
    Http.post(root.resolve("/_sim/keys/revoke"), OPENAI_KEY);
  }

  /** OpenAI takes it again. */
  public void restoreOpenAiKey() throws IOException, InterruptedException {
    Http.post(root.resolve("/_sim/keys/restore"), OPENAI_KEY);
  }

  /** From now on everything goes well. */
  public void clearFaults() throws IOException, InterruptedException {
    Http.delete(root.resolve("/_sim/faults"));
  }
}
