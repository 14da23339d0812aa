package dev.offpeak.simulator;

import static dev.offpeak.simulator.Lines.chat;
import static dev.offpeak.simulator.Lines.chats;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerIT {
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

  private List<JsonNode> ledger(String query) throws IOException {
    return client.adminText("GET", "/ledger" + query, "").lines().map(WireClient::parse).toList();
  }

  @Test
  void entersEachExecutedLineWithTheHashOfItsBodyBytes() throws Exception {
    // Given
    String body =
        "{ \"model\" : \"gpt-4o\", \"messages\":[{\"role\":\"user\",\"content\":\"ä\"}] }";
    // When
    JsonNode batch =
        client.ran(
            Lines.line("one", CHAT, body)
                + chat("two", "[sim:fail=400]").replace("gpt-4o-mini", "gpt-4o"),
            CHAT);
    // Then
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
    JsonNode entry = ledger("?custom_id=one").getFirst();
    assertThat(entry.path("body_sha256").textValue()).isEqualTo(HexFormat.of().formatHex(hash));
    assertThat(entry.path("job")).isEqualTo(batch.path("id"));
    assertThat(entry.path("provider").textValue()).isEqualTo("openai");
    assertThat(entry.path("organization").textValue()).startsWith("org-");
    assertThat(entry.path("billed").booleanValue()).isTrue();
    assertThat(entry.path("input_tokens")).isEqualTo(batch.at("/usage/input_tokens"));
    JsonNode failed = ledger("?custom_id=two").getFirst();
    assertThat(failed.path("status").intValue()).isEqualTo(400);
    assertThat(failed.path("billed").booleanValue()).isFalse();
    assertThat(ledger("?job=" + batch.path("id").textValue())).hasSize(2);
    assertThat(ledger("?body=" + HexFormat.of().formatHex(hash))).hasSize(1);
    assertThat(ledger("?job=batch_none")).isEmpty();
  }

  @Test
  void tellsWhichBodiesWereBilledMoreThanOnce() throws IOException {
    // Given
    client.ran(chats(100), CHAT);
    // When
    client.ran(chat("renamed", "question 7") + chat("new", "never asked"), CHAT);
    JsonNode summary = client.admin("GET", "/ledger/summary", "");
    // Then
    assertThat(summary.path("lines_executed").intValue()).isEqualTo(102);
    assertThat(summary.path("lines_billed").intValue()).isEqualTo(102);
    assertThat(summary.path("distinct_bodies").intValue()).isEqualTo(101);
    assertThat(summary.path("bodies_billed_more_than_once").intValue()).isEqualTo(1);
    String sample = summary.at("/bodies_billed_more_than_once_sample/0").textValue();
    assertThat(ledger("?body=" + sample))
        .extracting(entry -> entry.path("custom_id").textValue())
        .containsExactlyInAnyOrder("c7", "renamed");
    assertThat(summary.path("creates").intValue()).isEqualTo(2);
    assertThat(summary.path("uploads").intValue()).isEqualTo(2);
    assertThat(summary.path("files_left").intValue()).isEqualTo(4);
    assertThat(summary.at("/by_model/gpt-4o-mini/lines_billed").intValue()).isEqualTo(102);
  }

  @Test
  void countsCallsByKindAndAnswer() throws IOException {
    // Given
    client.uploaded("{}\n");
    client.get("/files/none");
    // When
    JsonNode calls = client.admin("GET", "/calls", "");
    // Then
    assertThat(calls.at("/openai/upload_file").toString())
        .isEqualTo("{\"calls\":1,\"effects\":1,\"by_status\":{\"200\":1}}");
    assertThat(calls.at("/openai/get_file").toString())
        .isEqualTo("{\"calls\":1,\"effects\":0,\"by_status\":{\"404\":1}}");
  }
}
