package dev.offpeak.simulator;

import static dev.offpeak.simulator.Lines.chats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.WebhookReceiver.Received;
import dev.offpeak.simulator.job.Pace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhooksIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  /** Time stands still but for what a test advances; jobs end at once all the same. */
  private static final Clock STILL = Clock.fixed(NOW, ZoneOffset.UTC);

  private Simulator simulator;
  private OpenAiClient client;
  private WebhookReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorConfig.defaults(), STILL);
    client = OpenAiClient.of(simulator);
    receiver = new WebhookReceiver();
  }

  @AfterEach
  void stop() throws IOException {
    receiver.close();
    simulator.close();
  }

  @Test
  void aCompletedBatchIsToldOnceAndSigned() throws IOException {
    JsonNode endpoint = endpoint("\"batch.completed\",\"batch.failed\"");

    String batch = batch(chats(3));

    Received told = awaitReceived(1);
    assertThat(told.signature())
        .isEqualTo(told.signatureWith(endpoint.get("signing_secret").asText()));
    assertThat(told.timestamp()).isEqualTo(Long.toString(NOW.getEpochSecond()));
    JsonNode event = WireClient.parse(told.body());
    assertThat(event.get("id").asText()).isEqualTo(told.id()).startsWith("evt_");
    assertThat(event.get("object").asText()).isEqualTo("event");
    assertThat(event.get("type").asText()).isEqualTo("batch.completed");
    assertThat(event.get("created_at").isIntegralNumber()).isTrue();
    assertThat(event.at("/data/id").asText()).isEqualTo(batch);
  }

  @Test
  void theOtherEndsAreToldByTheirNames() throws IOException {
    endpoint("\"batch.failed\",\"batch.cancelled\",\"batch.expired\"");

    batch("no json\n");
    assertThat(WireClient.parse(awaitReceived(1).body()).get("type").asText())
        .isEqualTo("batch.failed");

    simulatorFault(
        "{\"match\":{\"call\":\"create_batch\"},\"do\":{\"job\":{\"expire_at\":0.5}},\"times\":1}");
    batch(chats(4));
    assertThat(WireClient.parse(awaitReceived(2).body()).get("type").asText())
        .isEqualTo("batch.expired");

    simulatorFault(
        "{\"match\":{\"call\":\"create_batch\"},\"do\":{\"job\":{\"stuck\":\"in_progress\"}},\"times\":1}");
    String stuck = batch(chats(4));
    client.post("/batches/" + stuck + "/cancel", "{}");
    assertThat(WireClient.parse(awaitReceived(3).body()).get("type").asText())
        .isEqualTo("batch.cancelled");
  }

  @Test
  void whatWasNotTakenIsToldAgainWithTheSameIdUntilItIs() throws IOException {
    endpoint("\"batch.completed\"");
    receiver.answer(503);
    batch(chats(1));
    Received first = awaitReceived(1);

    receiver.answer(302);
    simulator.clock().advance(Duration.ofSeconds(5));
    assertThat(awaitReceived(2).id()).isEqualTo(first.id());

    receiver.answer(204);
    simulator.clock().advance(Duration.ofMinutes(5));
    assertThat(awaitReceived(3)).isEqualTo(first);

    simulator.clock().advance(Duration.ofDays(3));
    String second = batch(chats(1));
    assertThat(WireClient.parse(awaitReceived(4).body()).at("/data/id").asText())
        .as("the first is not told a fourth time")
        .isEqualTo(second);
  }

  @Test
  void nobodyIsToldOfTheBatchesOfOthersOrWhatHeDidNotAskFor() throws IOException {
    endpoint("\"batch.failed\"");
    OpenAiClient other = new OpenAiClient(simulator.baseUri(), "sk-other");
    String file = other.uploaded("no json\n");
    other.post("/batches", OpenAiClient.order(file, "/v1/chat/completions"));
    batch(chats(1));

    String failed = batch("no json\n");

    assertThat(WireClient.parse(awaitReceived(1).body()).at("/data/id").asText()).isEqualTo(failed);
  }

  @Test
  void aRotationSignsWithBothSecretsForADay() throws IOException {
    JsonNode endpoint = endpoint("\"batch.completed\"");
    String path = "/webhook_endpoints/" + endpoint.get("id").asText();
    String oldSecret = endpoint.get("signing_secret").asText();

    String newSecret =
        client
            .post(path + "/rotate_secret", "{\"keep_old_secret_active_for_24_hours\":true}")
            .json()
            .get("signing_secret")
            .asText();
    batch(chats(1));
    Received told = awaitReceived(1);
    assertThat(newSecret).isNotEqualTo(oldSecret);
    assertThat(told.signature())
        .isEqualTo(told.signatureWith(newSecret) + " " + told.signatureWith(oldSecret));

    simulator.clock().advance(Duration.ofDays(1));
    batch(chats(1));
    Received later = awaitReceived(2);
    assertThat(later.signature()).isEqualTo(later.signatureWith(newSecret));
  }

  @Test
  void endpointsAreManagedAndShowTheirSecretOnlyWhenItIsNew() throws IOException {
    JsonNode made = endpoint("\"batch.completed\"");
    String path = "/webhook_endpoints/" + made.get("id").asText();

    JsonNode read = client.get(path).json();
    assertThat(read.has("signing_secret")).isFalse();
    assertThat(made.get("signing_secret").asText())
        .startsWith("whsec_")
        .endsWith(read.get("signing_secret_hint").asText());
    assertThat(read.get("object").asText()).isEqualTo("webhook_endpoint");

    JsonNode changed = client.post(path, "{\"name\":\"other\"}").json();
    assertThat(changed.get("name").asText()).isEqualTo("other");
    assertThat(changed.get("url")).isEqualTo(made.get("url"));
    assertThat(client.get("/webhook_endpoints").json().at("/data/0")).isEqualTo(changed);

    JsonNode tested = client.post(path + "/test", "{\"event_type\":\"batch.failed\"}").json();
    assertThat(tested.get("success").booleanValue()).isTrue();
    assertThat(tested.get("status_code").intValue()).isEqualTo(200);
    assertThat(WireClient.parse(awaitReceived(1).body()).get("type").asText())
        .isEqualTo("batch.failed");

    assertThat(client.delete(path).json().get("deleted").booleanValue()).isTrue();
    assertThat(client.get(path).status()).isEqualTo(404);
    assertThat(client.get("/webhook_endpoints").json().get("data")).isEmpty();
  }

  @Test
  void wrongEndpointsAreRefusedByTheNameOfWhatIsWrong() throws IOException {
    assertThat(param("{\"url\":\"http://localhost/\",\"event_types\":[\"batch.failed\"]}"))
        .isEqualTo("name");
    assertThat(param("{\"name\":\"n\",\"url\":\"nowhere\",\"event_types\":[\"batch.failed\"]}"))
        .isEqualTo("url");
    assertThat(param("{\"name\":\"n\",\"url\":\"http://localhost/\",\"event_types\":[\"no\"]}"))
        .isEqualTo("event_types");
    assertThat(param("{\"name\":\"n\",\"url\":\"http://localhost/\",\"event_types\":[]}"))
        .isEqualTo("event_types");
  }

  @Test
  void endpointsOutliveARestart(@TempDir Path folder) throws IOException {
    SimulatorConfig kept = SimulatorConfig.defaults().withDataFolder(folder).withPace(Pace.AT_ONCE);
    String secret;
    try (Simulator before = Simulator.start(kept)) {
      secret =
          endpoint(OpenAiClient.of(before), "\"batch.completed\"").get("signing_secret").asText();
    }
    try (Simulator after = Simulator.start(kept)) {
      OpenAiClient again = OpenAiClient.of(after);
      String file = again.uploaded(chats(1));
      again.post("/batches", OpenAiClient.order(file, "/v1/chat/completions"));
      Received told = awaitReceived(1);
      assertThat(told.signature()).isEqualTo(told.signatureWith(secret));
    }
  }

  private String param(String body) throws IOException {
    return client.post("/webhook_endpoints", body).error().get("param").asText();
  }

  private JsonNode endpoint(String events) throws IOException {
    return endpoint(client, events);
  }

  private JsonNode endpoint(OpenAiClient with, String events) throws IOException {
    return with.post(
            "/webhook_endpoints",
            "{\"name\":\"test\",\"url\":\"%s\",\"event_types\":[%s]}"
                .formatted(receiver.url(), events))
        .json();
  }

  private String batch(String lines) throws IOException {
    String file = client.uploaded(lines);
    return client
        .post("/batches", OpenAiClient.order(file, "/v1/chat/completions"))
        .json()
        .get("id")
        .asText();
  }

  private void simulatorFault(String rule) throws IOException {
    new WireClient(simulator.baseUri(), Map.of()).admin("POST", "/faults", rule);
  }

  private Received awaitReceived(int count) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(receiver.received()).hasSize(count));
    return receiver.received().get(count - 1);
  }
}
