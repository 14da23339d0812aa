package dev.offpeak.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.operations.cluster.Surroundings;
import dev.offpeak.operations.jobs.JobsCommand;
import dev.offpeak.standalone.node.Destination;
import dev.offpeak.standalone.state.CannotRun;
import dev.offpeak.testkit.time.Patience;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LINE =
      "{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":"
          + "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}}\n";

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir Path home;

  @Test
  void requestsOverHttpAreExecutedOnceOverARestartAndCommandsFindTheInstallation()
      throws Exception {
    try (Running up = new Running(home)) {
      HttpResponse<String> taken = post(up.gateway() + "/v1/requests", LINE.formatted("a", "one"));
      assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
      await().atMost(Patience.LONG).untilAsserted(() -> assertThat(executed(up)).isEqualTo(1));
      assertThat(jobs()).isZero();

      assertThatExceptionOfType(CannotRun.class)
          .isThrownBy(() -> up(home, 0).run(_ -> {}))
          .withMessageContaining("--state");
    }
    assertThat(jobs()).isEqualTo(2);

    try (Running again = new Running(home)) {
      post(again.gateway() + "/v1/requests", LINE.formatted("a", "one"));
      post(again.gateway() + "/v1/requests", LINE.formatted("b", "two"));
      await().atMost(Patience.LONG).untilAsserted(() -> assertThat(executed(again)).isEqualTo(2));
      assertThat(summary(again).path("bodies_billed_more_than_once").asInt()).isZero();
    }
  }

  @Test
  void aPortThatIsTakenIsSaidBeforeAnythingStarts() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      assertThatExceptionOfType(CannotRun.class)
          .isThrownBy(() -> up(home, other.getLocalPort()).run(_ -> {}))
          .withMessageContaining("port " + other.getLocalPort() + " is taken")
          .withMessageContaining("--port");
    }
  }

  private int jobs() {
    return JobsCommand.commandLine(Surroundings.ofProcess(List.of()))
        .execute("--state", home.toString());
  }

  private static Up up(Path home, int port) {
    Map<Provider, List<String>> all = Map.of(Provider.OPENAI, List.of("gpt-*"));
    Destination simulator = new Destination.Simulated(all, Map.of());
    return new Up(home.resolve("up"), simulator, new UpOptions(port, 0, Duration.ofMillis(100)));
  }

  private long executed(Running up) throws IOException, InterruptedException {
    return summary(up).path("lines_executed").asLong();
  }

  private JsonNode summary(Running up) throws IOException, InterruptedException {
    URI summary = URI.create(up.addresses.node().simulator() + "/_sim/ledger/summary");
    return JSON.readTree(
        http.send(HttpRequest.newBuilder(summary).build(), BodyHandlers.ofString()).body());
  }

  private HttpResponse<String> post(String url, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  /** One at work in this process. */
  private static final class Running implements AutoCloseable {
    private final Up up;
    private final CompletableFuture<Void> ended;
    private final UpAddresses addresses;

    Running(Path home) throws Exception {
      up = up(home, 0);
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

    String gateway() {
      return "http://" + addresses.gateway();
    }

    @Override
    public void close() {
      up.stop();
      ended.orTimeout(Patience.LONG.toSeconds(), TimeUnit.SECONDS).join();
    }
  }
}
