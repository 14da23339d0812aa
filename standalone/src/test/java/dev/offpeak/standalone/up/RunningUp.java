package dev.offpeak.standalone.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.standalone.node.Destination;
import dev.offpeak.testkit.time.Patience;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An installation at work in this process. */
final class RunningUp implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Up up;
  private final CompletableFuture<Void> ended;
  private final UpAddresses addresses;

  RunningUp(Path home) throws Exception {
    up = of(home, 0);
    CompletableFuture<UpAddresses> ready = new CompletableFuture<>();
    ended =
        CompletableFuture.runAsync(
            () -> {
              try {
                up.run(ready::complete);
              } catch (Exception e) {
                ready.completeExceptionally(e);
              }
            },
            task -> Thread.ofPlatform().start(task));
    addresses = ready.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
  }

  /** One that is not started. */
  static Up of(Path home, int port) {
    Destination simulator =
        new Destination.Simulated(
            Map.of(
                Provider.OPENAI,
                List.of("gpt-*"),
                Provider.ANTHROPIC,
                List.of("claude-*"),
                Provider.GEMINI,
                List.of("gemini-*")),
            Map.of());
    return new Up(home.resolve("up"), simulator, new UpOptions(port, 0, 0, Duration.ofMillis(100)));
  }

  String gateway() {
    return "http://" + addresses.gateway();
  }

  String console() {
    return "http://" + addresses.console();
  }

  /** What the simulator was asked, and billed. */
  JsonNode summary() throws IOException, InterruptedException {
    URI summary = URI.create(addresses.node().simulator() + "/_sim/ledger/summary");
    try (HttpClient http = HttpClient.newHttpClient()) {
      return JSON.readTree(
          http.send(HttpRequest.newBuilder(summary).build(), BodyHandlers.ofString()).body());
    }
  }

  /** Has the simulator misbehave. */
  void fault(String rules) throws IOException, InterruptedException {
    URI faults = URI.create(addresses.node().simulator() + "/_sim/faults");
    try (HttpClient http = HttpClient.newHttpClient()) {
      int status =
          http.send(
                  HttpRequest.newBuilder(faults)
                      .POST(HttpRequest.BodyPublishers.ofString(rules))
                      .build(),
                  BodyHandlers.ofString())
              .statusCode();
      if (status >= 400) {
        throw new IOException("the simulator refuses the rules: " + status);
      }
    }
  }

  @Override
  public void close() {
    up.stop();
    ended.orTimeout(Patience.LONG.toSeconds(), TimeUnit.SECONDS).join();
  }
}
