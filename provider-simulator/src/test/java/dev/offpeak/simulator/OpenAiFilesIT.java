package dev.offpeak.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.WireClient.Answer;
import dev.offpeak.simulator.openai.rules.OpenAiRules;
import dev.offpeak.simulator.openai.rules.OpenAiRulesJson;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenAiFilesIT {
  private static final OpenAiRules SMALL =
      OpenAiRulesJson.read(
          "{\"limits\":{\"max_batch_file_bytes\":1000,\"max_file_bytes\":200000,\"uploads_per_minute\":5}}"
              .getBytes(StandardCharsets.UTF_8));

  private Simulator simulator;
  private OpenAiClient client;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorConfig.defaults().withOpenAi(SMALL));
    client = OpenAiClient.of(simulator);
  }

  @AfterEach
  void stop() throws IOException {
    simulator.close();
  }

  @Test
  void keepsAFileByteForByteAndDescribesItAsOpenAiDoes() throws IOException {
    // Given
    String content = "{\"a\":\"ä\"}\r\n--a-boundar\r\n\r\n--a\n";
    // When
    Answer uploaded = client.upload(BodyPublishers.ofString(content), "batch");
    // Then
    JsonNode file = uploaded.json();
    assertThat(file.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "id",
            "object",
            "bytes",
            "created_at",
            "expires_at",
            "filename",
            "purpose",
            "status",
            "status_details");
    assertThat(file.path("object").textValue()).isEqualTo("file");
    assertThat(file.path("id").textValue()).startsWith("file-");
    assertThat(file.path("filename").textValue()).isEqualTo("in put.jsonl");
    assertThat(file.path("bytes").intValue())
        .isEqualTo(content.getBytes(StandardCharsets.UTF_8).length);
    assertThat(file.path("expires_at").longValue() - file.path("created_at").longValue())
        .isEqualTo(Duration.ofDays(30).toSeconds());
    assertThat(uploaded.headers().map()).containsKeys("x-request-id", "openai-organization");
    String path = "/files/" + file.path("id").textValue();
    assertThat(client.get(path).json()).isEqualTo(file);
    assertThat(client.get(path + "/content").body()).isEqualTo(content);
  }

  @Test
  void aDeletedFileIsGone() throws IOException {
    // Given
    String path = "/files/" + client.uploaded("{}\n");
    // When
    Answer deleted = client.delete(path);
    // Then
    assertThat(deleted.json().path("deleted").booleanValue()).isTrue();
    Answer gone = client.get(path);
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.error().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("message", "type", "param", "code");
    assertThat(client.get(path + "/content").status()).isEqualTo(404);
    assertThat(client.delete(path).status()).isEqualTo(404);
  }

  @Test
  void listsPageByPageInEitherOrder() throws IOException {
    // Given
    String first = client.uploaded("1");
    String second = client.uploaded("2");
    client.upload(BodyPublishers.ofString("x"), "user_data");
    // When
    JsonNode newest = client.get("/files?purpose=batch&limit=1").json();
    JsonNode next = client.get("/files?purpose=batch&limit=1&after=" + second).json();
    JsonNode oldestFirst = client.get("/files?order=asc").json();
    // Then
    assertThat(newest.path("data").findValuesAsText("id")).containsExactly(second);
    assertThat(newest.path("has_more").booleanValue()).isTrue();
    assertThat(newest.path("last_id").textValue()).isEqualTo(second);
    assertThat(next.path("data").findValuesAsText("id")).containsExactly(first);
    assertThat(next.path("has_more").booleanValue()).isFalse();
    assertThat(oldestFirst.path("data").findValuesAsText("filename")).hasSize(3);
    assertThat(oldestFirst.path("first_id").textValue()).isEqualTo(first);
    assertThat(client.get("/files?limit=0").status()).isEqualTo(400);
    assertThat(client.get("/files?order=up").status()).isEqualTo(400);
  }

  @Test
  void aFileExpiresWhenItsTimeIsOver() throws IOException {
    // Given
    Answer uploaded =
        client.upload(
            BodyPublishers.ofString("{}\n"),
            "batch",
            "expires_after[anchor]",
            "created_at",
            "expires_after[seconds]",
            "3600");
    String path = "/files/" + uploaded.json().path("id").textValue();
    assertThat(client.get(path).status()).isEqualTo(200);
    // When
    simulator.clock().advance(Duration.ofHours(1));
    // Then
    assertThat(client.get(path).status()).isEqualTo(404);
    assertThat(client.get("/files").json().path("data")).isEmpty();
  }

  @Test
  void refusesWhatOpenAiRefuses() throws IOException {
    // When
    Answer wrongPurpose = client.upload(BodyPublishers.ofString("x"), "batches");
    Answer shortLife =
        client.upload(
            BodyPublishers.ofString("x"),
            "batch",
            "expires_after[anchor]",
            "created_at",
            "expires_after[seconds]",
            "60");
    Answer tooLargeForABatch = client.upload(BodyPublishers.ofString("x".repeat(1001)), "batch");
    Answer tooLarge = client.upload(BodyPublishers.ofString("x".repeat(200_001)), "user_data");
    Answer noMultipart = client.post("/files", "{}");
    // Then
    assertThat(wrongPurpose.status()).isEqualTo(400);
    assertThat(shortLife.status()).isEqualTo(400);
    assertThat(tooLargeForABatch.status()).isEqualTo(400);
    assertThat(tooLargeForABatch.error().path("message").textValue())
        .isEqualTo("File is too large.");
    assertThat(tooLarge.status()).isEqualTo(413);
    assertThat(noMultipart.status()).isEqualTo(400);
    Answer tooMany = client.upload(BodyPublishers.ofString("x"), "batch");
    assertThat(tooMany.status()).isEqualTo(429);
    assertThat(tooMany.error().path("code").textValue()).isEqualTo("rate_limit_exceeded");
    assertThat(tooMany.headers().firstValue("retry-after")).isPresent();
    assertThat(client.get("/files").json().path("data")).isEmpty();
  }

  @Test
  void aRevokedKeyIsRefusedAndOtherKeysSeeOtherFiles() throws IOException {
    // Given
    String id = client.uploaded("{}\n");
    OpenAiClient other = new OpenAiClient(simulator.baseUri(), "sk-other");
    // When
    client.admin("POST", "/keys/revoke", "{\"key\":\"sk-test\"}");
    // Then
    Answer refused = client.get("/files/" + id);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.error().path("code").textValue()).isEqualTo("invalid_api_key");
    assertThat(other.get("/files/" + id).status()).isEqualTo(404);
    client.admin("POST", "/keys/restore", "{\"key\":\"sk-test\"}");
    assertThat(client.get("/files/" + id).status()).isEqualTo(200);
  }

  @Test
  void onlyConfiguredKeysAreAcceptedAndTheirOrganisationIsShared() throws IOException {
    // Given
    SimulatorConfig config =
        SimulatorConfig.defaults().withKeys(Map.of("sk-a", "org-1", "sk-b", "org-1"));
    try (Simulator closed = Simulator.start(config)) {
      OpenAiClient a = new OpenAiClient(closed.baseUri(), "sk-a");
      OpenAiClient b = new OpenAiClient(closed.baseUri(), "sk-b");
      // When
      String id = a.uploaded("{}\n");
      // Then
      List<Integer> statuses =
          List.of(
              b.get("/files/" + id).status(),
              new OpenAiClient(closed.baseUri(), "sk-c").get("/files").status());
      assertThat(statuses).containsExactly(200, 401);
      assertThat(b.get("/files").headers().firstValue("openai-organization")).contains("org-1");
    }
  }
}
