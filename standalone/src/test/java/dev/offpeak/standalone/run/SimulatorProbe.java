package dev.offpeak.standalone.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Sets faults in a simulator and looks at what it has done, over HTTP as a user would. */
record SimulatorProbe(URI baseUri) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** From now on the next call of that kind is answered so much later. */
  void delayNext(String call, long millis) throws IOException, InterruptedException {
    String rule =
        "{\"match\": {\"call\": \"%s\", \"nth\": 1}, \"do\": {\"delay_ms\": %d}}"
            .formatted(call, millis);
    send(HttpRequest.newBuilder(at("/_sim/faults")).DELETE().build());
    send(HttpRequest.newBuilder(at("/_sim/faults")).POST(BodyPublishers.ofString(rule)).build());
  }

  /** Whether the call that was to be delayed has come. */
  boolean delayedCallHasCome() throws IOException, InterruptedException {
    JsonNode rules = get("/_sim/faults");
    return rules.get(0).path("happened").asInt() > 0;
  }

  long linesExecuted() throws IOException, InterruptedException {
    return summary().path("lines_executed").asLong();
  }

  JsonNode summary() throws IOException, InterruptedException {
    return get("/_sim/ledger/summary");
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(send(HttpRequest.newBuilder(at(path)).build()));
  }

  private URI at(String path) {
    return baseUri.resolve(path);
  }

  private static String send(HttpRequest request) throws IOException, InterruptedException {
    return HTTP.send(request, BodyHandlers.ofString()).body();
  }
}
