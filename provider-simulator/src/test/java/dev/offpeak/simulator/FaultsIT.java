package dev.offpeak.simulator;

import static dev.offpeak.simulator.Lines.chats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.WireClient.Answer;
import dev.offpeak.simulator.fault.FaultJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsIT {
  private static final String CHAT = "/v1/chat/completions";
  private Simulator simulator;
  private OpenAiClient client;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorConfig.defaults());
    client = OpenAiClient.of(simulator);
  }

  @AfterEach
  void stop() throws IOException {
    simulator.close();
  }

  private void fault(String call, String then) throws IOException {
    String rule = "{\"match\":{\"call\":\"%s\",\"nth\":1},\"do\":%s}".formatted(call, then);
    assertThat(client.admin("POST", "/faults", rule).isArray()).isTrue();
  }

  private Answer create() throws IOException {
    return client.post("/batches", OpenAiClient.order(client.uploaded(chats(10)), CHAT));
  }

  private List<JsonNode> batches() throws IOException {
    List<JsonNode> batches = new ArrayList<>();
    client.get("/batches").json().path("data").forEach(batches::add);
    return batches;
  }

  @Test
  void anErrorComesWithOrWithoutTheEffect() throws IOException {
    // Given
    fault("create_batch", "{\"status\":503}");
    // When
    Answer without = create();
    int after503 = batches().size();
    client.admin("DELETE", "/faults", "");
    fault("create_batch", "{\"status\":500,\"after_effect\":true,\"message\":\"oops\"}");
    Answer with = create();
    // Then
    assertThat(without.status()).isEqualTo(503);
    assertThat(after503).isZero();
    assertThat(with.status()).isEqualTo(500);
    assertThat(with.error().path("message").textValue()).isEqualTo("oops");
    assertThat(batches()).hasSize(1);
    assertThat(create().status()).as("only the first call is met").isEqualTo(200);
    assertThat(client.admin("GET", "/calls", "").at("/openai/create_batch").toString())
        .isEqualTo("{\"calls\":3,\"effects\":2,\"by_status\":{\"200\":1,\"500\":1,\"503\":1}}");
  }

  @Test
  void rateLimitsSayWhenToTryAgain() throws IOException {
    // Given
    fault("get_batch", "{\"status\":429,\"headers\":{\"retry-after\":\"7\"}}");
    client.admin(
        "POST",
        "/faults",
        "{\"match\":{\"call\":\"upload_file\"},\"do\":{\"status\":429,\"code\":\"insufficient_quota\"}}");
    // When
    Answer limited = client.get("/batches/x");
    Answer broke = client.get("/batches/x");
    Answer poor = client.upload(java.net.http.HttpRequest.BodyPublishers.ofString("{}"), "batch");
    // Then
    assertThat(limited.headers().firstValue("retry-after")).contains("7");
    assertThat(limited.error().path("code").textValue()).isEqualTo("rate_limit_exceeded");
    assertThat(broke.status()).isEqualTo(404);
    assertThat(poor.error().path("type").textValue()).isEqualTo("insufficient_quota");
    assertThat(poor.error().path("code").textValue()).isEqualTo("insufficient_quota");
  }

  @Test
  void aDelayHoldsTheAnswerBack() throws IOException {
    // Given
    fault("list_files", "{\"delay_ms\":200}");
    long begin = System.nanoTime();
    // When
    client.get("/files");
    // Then
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(199));
  }

  @Test
  void aJobFailsValidationAsScripted() throws IOException {
    // Given
    fault(
        "create_batch",
        "{\"job\":{\"fail_code\":\"invalid_request\",\"fail_param\":\"file_id\",\"fail_message\":\"incident\"}}");
    // When
    JsonNode batch = client.awaitStatus(create().json().path("id").textValue(), "failed");
    // Then
    assertThat(batch.at("/errors/data/0").toString())
        .isEqualTo(
            "{\"code\":\"invalid_request\",\"message\":\"incident\",\"param\":\"file_id\",\"line\":null}");
  }

  @Test
  void aStuckJobStaysUntilItsWindowIsOver() throws IOException {
    // Given
    fault("create_batch", "{\"job\":{\"stuck\":\"finalizing\"}}");
    String id = create().json().path("id").textValue();
    client.awaitStatus(id, "finalizing");
    // When
    simulator.clock().advance(Duration.ofHours(23));
    String almost = client.batch(id).path("status").textValue();
    simulator.clock().advance(Duration.ofHours(1));
    // Then
    assertThat(almost).isEqualTo("finalizing");
    client.awaitStatus(id, "expired");
  }

  @Test
  void aJobIsStuckHalfWayInAWindowOfItsOwnAndExpiresTooLate() throws IOException {
    // Given
    fault(
        "create_batch",
        "{\"job\":{\"stuck\":\"in_progress\",\"stuck_at\":0.5,\"window_ms\":3600000,\"overdue_ms\":600000}}");
    String id = create().json().path("id").textValue();
    awaitCompleted(id, 5);
    // When
    simulator.clock().advance(Duration.ofMinutes(65));
    JsonNode overdue = client.batch(id);
    simulator.clock().advance(Duration.ofMinutes(5));
    // Then
    assertThat(overdue.path("status").textValue()).isEqualTo("in_progress");
    assertThat(overdue.path("expires_at").asLong() - overdue.path("created_at").asLong())
        .isEqualTo(3600);
    client.awaitStatus(id, "expired");
    awaitCompleted(id, 5);
  }

  private void awaitCompleted(String id, int requests) {
    await()
        .atMost(Duration.ofMinutes(5))
        .untilAsserted(
            () ->
                assertThat(client.batch(id).path("request_counts").path("completed").asInt())
                    .isEqualTo(requests));
  }

  @Test
  void aJobIsHiddenForAWhile() throws IOException {
    // Given
    fault("create_batch", "{\"job\":{\"hidden_ms\":60000}}");
    String id = create().json().path("id").textValue();
    // When
    int early = client.get("/batches/" + id).status();
    List<JsonNode> earlyList = batches();
    simulator.clock().advance(Duration.ofMinutes(1));
    // Then
    assertThat(early).isEqualTo(404);
    assertThat(earlyList).isEmpty();
    assertThat(client.get("/batches/" + id).status()).isEqualTo(200);
  }

  @Test
  void chancesFollowTheSeed() throws IOException {
    // Given
    client.admin(
        "POST",
        "/faults",
        "{\"match\":{\"call\":\"list_batches\",\"probability\":0.5},\"do\":{\"status\":500},\"times\":100}");
    // When
    int failed = 0;
    for (int i = 0; i < 100; i++) {
      failed += client.get("/batches").status() == 500 ? 1 : 0;
    }
    // Then
    assertThat(failed).isBetween(30, 70);
    JsonNode rule = client.admin("GET", "/faults", "").get(0);
    assertThat(rule.path("seen").intValue()).isEqualTo(100);
    assertThat(rule.path("happened").intValue()).isEqualTo(failed);
  }

  @Test
  void aRuleWithATypingErrorIsRefused() throws IOException {
    // When
    JsonNode answer =
        client.admin("POST", "/faults", "{\"match\":{\"cal\":\"x\"},\"do\":{\"cut\":true}}");
    // Then
    assertThat(answer.path("error").textValue()).contains("\"cal\"");
    assertThat(client.admin("GET", "/faults", "")).isEmpty();
  }

  @Test
  void aLateCallThatIsStillToComeWhenTheSimulatorClosesNeverComes(@TempDir Path data)
      throws IOException {
    // Given
    Duration delay = Duration.ofMillis(200);
    while (!isClosedBefore(delay, data.resolve(delay.toString()))) {
      delay = delay.multipliedBy(4);
    }
    Path batches = data.resolve(delay.toString()).resolve("openai/batches");
    // When / Then
    await()
        .during(delay.plusMillis(300))
        .atMost(delay.plus(Duration.ofMinutes(5)))
        .untilAsserted(() -> assertThat(batches).isEmptyDirectory());
  }

  /** Whether the simulator was closed before the call took effect: a slow machine needs longer. */
  private static boolean isClosedBefore(Duration delay, Path data) throws IOException {
    String late =
        "{match: {call: create_batch}, do: {cut: true, effect_after_ms: %d}}"
            .formatted(delay.toMillis());
    SimulatorConfig config =
        SimulatorConfig.defaults().withDataFolder(data).withFaults(FaultJson.read(late));
    long called;
    try (Simulator closing = Simulator.start(config)) {
      OpenAiClient client = OpenAiClient.of(closing);
      called = System.nanoTime();
      assertThatThrownBy(() -> client.post("/batches", OpenAiClient.order("file-x", CHAT)))
          .isInstanceOf(IOException.class);
    }
    return System.nanoTime() - called < delay.toNanos();
  }
}
