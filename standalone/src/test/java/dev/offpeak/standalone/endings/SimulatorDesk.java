package dev.offpeak.standalone.endings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The simulator's endpoints below {@code /_sim}. */
final class SimulatorDesk implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI root;

  /**
   * One executed request.
   *
   * @param at when, in the simulator's time
   * @param job which executed it
   * @param organization who executed it
   * @param body hash of its body
   * @param billed whether it is paid for
   */
  record Executed(Instant at, String job, String organization, String body, boolean billed) {}

  SimulatorDesk(URI root) {
    this.root = root;
  }

  void add(String faultsYaml) throws IOException, InterruptedException {
    post("/_sim/faults", faultsYaml);
  }

  /** How often faults of that key have happened so far. */
  int happened(String key) throws IOException, InterruptedException {
    int happened = 0;
    for (JsonNode fault : JSON.readTree(get("/_sim/faults"))) {
      if (fault.at("/rule/match/key").asText().equals(key)) {
        happened += fault.path("happened").asInt();
      }
    }
    return happened;
  }

  /** How many calls of providers' clients it has answered so far. */
  long calls() throws IOException, InterruptedException {
    long calls = 0;
    for (JsonNode provider : JSON.readTree(get("/_sim/calls"))) {
      for (JsonNode call : provider) {
        calls += call.path("calls").asLong();
      }
    }
    return calls;
  }

  void clearFaults() throws IOException, InterruptedException {
    send(HttpRequest.newBuilder(root.resolve("/_sim/faults")).DELETE().build());
  }

  void restoreKey(String key) throws IOException, InterruptedException {
    post("/_sim/keys/restore", "{\"key\": \"" + key + "\"}");
  }

  void advance(String duration) throws IOException, InterruptedException {
    post("/_sim/clock", "{\"advance\": \"" + duration + "\"}");
  }

  /** Everything executed so far, oldest first. */
  List<Executed> ledger() throws IOException, InterruptedException {
    List<Executed> entries = new ArrayList<>();
    for (String line : get("/_sim/ledger").lines().toList()) {
      JsonNode entry = JSON.readTree(line);
      entries.add(
          new Executed(
              Instant.parse(entry.path("at").asText()),
              entry.path("job").asText(),
              entry.path("organization").asText(),
              entry.path("body_sha256").asText(),
              entry.path("billed").asBoolean()));
    }
    entries.sort(Comparator.comparing(Executed::at));
    return entries;
  }

  private String get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(root.resolve(path)).build());
  }

  private void post(String path, String body) throws IOException, InterruptedException {
    send(HttpRequest.newBuilder(root.resolve(path)).POST(BodyPublishers.ofString(body)).build());
  }

  private String send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(request.uri() + " was answered with " + answer.body());
    }
    return answer.body();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
