package dev.offpeak.simulator;

import static dev.offpeak.simulator.Lines.chat;
import static dev.offpeak.simulator.Lines.chats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.WireClient.Answer;
import dev.offpeak.simulator.job.Pace;
import dev.offpeak.simulator.openai.rules.AzureRules;
import dev.offpeak.simulator.openai.rules.CompatibleRules;
import dev.offpeak.simulator.openai.rules.OpenAiLimits;
import dev.offpeak.simulator.openai.rules.OpenAiQuirks;
import dev.offpeak.simulator.openai.rules.OpenAiRules;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BatchLifeIT {
  /** Time stands still but for what a test advances. */
  private static final Clock STILL =
      Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);

  private static final Pace SLOW =
      new Pace(
          Duration.ofMinutes(5),
          Duration.ofHours(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2));

  private static Simulator slow() throws IOException {
    return Simulator.start(SimulatorConfig.defaults().withPace(SLOW), STILL);
  }

  private static void awaitCompleted(OpenAiClient client, String id, int completed) {
    await()
        .atMost(Duration.ofMinutes(5))
        .untilAsserted(
            () ->
                assertThat(client.batch(id).at("/request_counts/completed").intValue())
                    .isEqualTo(completed));
  }

  @Test
  void goesThroughItsStatesWithCountsAndTimes() throws IOException {
    try (Simulator simulator = slow()) {
      // Given
      OpenAiClient client = OpenAiClient.of(simulator);
      String fileId = client.uploaded(chats(100));
      String order =
          OpenAiClient.order(fileId, "/v1/chat/completions")
              .replace("}", ",\"metadata\":{\"job\":\"j1\"}}");
      // When
      JsonNode created = client.post("/batches", order).json();
      // Then
      String id = created.path("id").textValue();
      assertThat(id).startsWith("batch_");
      assertThat(created.path("status").textValue()).isEqualTo("validating");
      assertThat(created.path("object").textValue()).isEqualTo("batch");
      assertThat(created.path("metadata").toString()).isEqualTo("{\"job\":\"j1\"}");
      assertThat(created.path("errors").isNull()).isTrue();
      long createdAt = created.path("created_at").longValue();
      assertThat(createdAt).isEqualTo(STILL.instant().getEpochSecond());
      assertThat(created.path("expires_at").longValue()).isEqualTo(createdAt + 86_400);

      simulator.clock().advance(Duration.ofMinutes(5));
      JsonNode running = client.awaitStatus(id, "in_progress");
      assertThat(running.at("/request_counts/total").intValue()).isEqualTo(100);
      assertThat(running.path("model").textValue()).isEqualTo("gpt-4o-mini");
      assertThat(running.path("in_progress_at").longValue()).isEqualTo(createdAt + 300);

      simulator.clock().advance(Duration.ofHours(5));
      awaitCompleted(client, id, 50);
      simulator.clock().advance(Duration.ofHours(5));
      JsonNode finalizing = client.awaitStatus(id, "finalizing");
      assertThat(finalizing.at("/request_counts/completed").intValue()).isEqualTo(100);
      assertThat(finalizing.path("output_file_id").isNull()).isTrue();

      simulator.clock().advance(Duration.ofMinutes(1));
      await()
          .atMost(Duration.ofMinutes(5))
          .untilAsserted(
              () -> assertThat(client.batch(id).path("status").textValue()).isEqualTo("completed"));
      assertThat(client.batch(id).path("output_file_id").isNull())
          .as("completed shortly before its file is there")
          .isTrue();
      simulator.clock().advance(Duration.ofSeconds(1));
      JsonNode completed = client.awaitStatus(id, "completed");
      assertThat(completed.path("error_file_id").textValue()).isEmpty();
      assertThat(completed.path("completed_at").longValue())
          .isEqualTo(createdAt + 300 + 36_000 + 60);
      assertThat(client.lines(completed.path("output_file_id"))).hasSize(100);
      JsonNode usage = completed.path("usage");
      assertThat(usage.path("total_tokens").longValue())
          .isEqualTo(
              usage.path("input_tokens").longValue() + usage.path("output_tokens").longValue())
          .isPositive();
    }
  }

  @Test
  void whatIsNotDoneWhenTheWindowEndsIsExpired() throws IOException {
    try (Simulator simulator = slow()) {
      // Given
      OpenAiClient client = OpenAiClient.of(simulator);
      String id = client.created(client.uploaded(chats(100)));
      simulator.clock().advance(Duration.ofMinutes(5));
      client.awaitStatus(id, "in_progress");
      simulator.clock().advance(Duration.ofHours(2));
      awaitCompleted(client, id, 20);
      // When
      simulator.clock().advance(Duration.ofHours(22));
      JsonNode batch = client.awaitStatus(id, "expired");
      // Then
      assertThat(batch.path("expired_at").isIntegralNumber()).isTrue();
      List<JsonNode> done = client.lines(batch.path("output_file_id"));
      List<JsonNode> undone = client.lines(batch.path("error_file_id"));
      assertThat(done).hasSize(20);
      assertThat(undone).hasSize(80).allMatch(line -> line.path("response").isNull());
      assertThat(undone.getFirst().at("/error/code").textValue()).isEqualTo("batch_expired");
      assertThat(customIds(done, undone)).hasSize(100);
      assertThat(simulator.ledger().summary().linesBilled()).isEqualTo(20);
    }
  }

  @Test
  void aCancelKeepsWhatIsDone() throws IOException {
    try (Simulator simulator = slow()) {
      // Given
      OpenAiClient client = OpenAiClient.of(simulator);
      String id = client.created(client.uploaded(chats(100)));
      simulator.clock().advance(Duration.ofMinutes(5));
      client.awaitStatus(id, "in_progress");
      simulator.clock().advance(Duration.ofHours(9));
      awaitCompleted(client, id, 90);
      // When
      JsonNode cancelling = client.post("/batches/" + id + "/cancel", "").json();
      JsonNode again = client.post("/batches/" + id + "/cancel", "").json();
      simulator.clock().advance(Duration.ofMinutes(2));
      JsonNode batch = client.awaitStatus(id, "cancelled");
      // Then
      assertThat(cancelling.path("status").textValue()).isEqualTo("cancelling");
      assertThat(again).isEqualTo(cancelling);
      List<JsonNode> undone = client.lines(batch.path("error_file_id"));
      assertThat(client.lines(batch.path("output_file_id"))).hasSize(90);
      assertThat(undone).hasSize(10);
      assertThat(undone.getFirst().at("/error/code").textValue()).isEqualTo("batch_cancelled");
      Answer late = client.post("/batches/" + id + "/cancel", "");
      assertThat(late.status()).isEqualTo(400);
    }
  }

  @Test
  void aBatchGoesOnWhenItsInputFileIsDeletedAfterValidation() throws IOException {
    try (Simulator simulator = slow()) {
      // Given
      OpenAiClient client = OpenAiClient.of(simulator);
      String fileId = client.uploaded(chats(10));
      String id = client.created(fileId);
      simulator.clock().advance(Duration.ofMinutes(5));
      client.awaitStatus(id, "in_progress");
      // When
      client.delete("/files/" + fileId);
      simulator.clock().advance(Duration.ofHours(11));
      // Then
      awaitCompleted(client, id, 10);
    }
  }

  @Test
  void answersAreTheSameInEachRunAndTheirOrderIsShuffled() throws IOException {
    // Given
    List<List<JsonNode>> runs = new ArrayList<>();
    // When
    for (int i = 0; i < 2; i++) {
      try (Simulator simulator = Simulator.start(SimulatorConfig.defaults(), STILL)) {
        OpenAiClient client = OpenAiClient.of(simulator);
        String id = client.created(client.uploaded(chats(200)));
        simulator.clock().advance(Duration.ofSeconds(1));
        awaitCompleted(client, id, 200);
        simulator.clock().advance(Duration.ofSeconds(1));
        runs.add(client.lines(client.awaitStatus(id, "completed").path("output_file_id")));
      }
    }
    // Then
    List<String> order = runs.getFirst().stream().map(BatchLifeIT::customId).toList();
    assertThat(runs.get(1).stream().map(BatchLifeIT::customId)).containsExactlyElementsOf(order);
    assertThat(new TreeSet<>(order)).hasSize(200);
    assertThat(order.subList(0, 3)).isNotEqualTo(List.of("c0", "c1", "c2"));
    for (String part :
        List.of("/response/body/id", "/response/body/choices", "/response/body/usage")) {
      assertThat(runs.get(1).get(7).at(part)).isEqualTo(runs.get(0).get(7).at(part));
    }
  }

  @Test
  void withoutQuirksABatchIsAsTheReferenceSays() throws IOException {
    OpenAiRules plain =
        new OpenAiRules(
            OpenAiLimits.DOCUMENTED,
            OpenAiQuirks.NONE,
            Map.of(),
            AzureRules.OFF,
            CompatibleRules.OPENAI);
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults().withOpenAi(plain))) {
      // Given
      OpenAiClient client = OpenAiClient.of(simulator);
      // When
      JsonNode batch = client.ran(chats(50), "/v1/chat/completions");
      // Then
      assertThat(batch.path("error_file_id").isNull()).isTrue();
      assertThat(client.lines(batch.path("output_file_id")))
          .extracting(BatchLifeIT::customId)
          .startsWith("c0", "c1", "c2", "c3");
    }
  }

  @Test
  void whenEveryLineFailsThereIsNoOutputFile() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults())) {
      // Given
      OpenAiClient client = OpenAiClient.of(simulator);
      // When
      JsonNode batch =
          client.ran(
              chat("a", "[sim:fail=400]") + chat("b", "[sim:fail=500]"), "/v1/chat/completions");
      // Then
      assertThat(batch.path("output_file_id").isNull()).isTrue();
      assertThat(batch.at("/request_counts/failed").intValue()).isEqualTo(2);
      JsonNode line = client.lines(batch.path("error_file_id")).getFirst();
      assertThat(line.path("error").isNull()).isTrue();
      assertThat(line.at("/response/body/error").fieldNames())
          .toIterable()
          .containsExactlyInAnyOrder("message", "type", "param", "code");
      assertThat(simulator.ledger().summary().linesBilled()).isZero();
    }
  }

  @Test
  void listsBatchesNewestFirst() throws IOException {
    try (Simulator simulator = slow()) {
      // Given
      OpenAiClient client = OpenAiClient.of(simulator);
      String first = client.created("file-x");
      String second = client.created("file-x");
      String third = client.created("file-x");
      // When
      JsonNode page = client.get("/batches?limit=2").json();
      JsonNode rest = client.get("/batches?limit=2&after=" + second).json();
      // Then
      assertThat(ids(page)).containsExactly(third, second);
      assertThat(page.path("has_more").booleanValue()).isTrue();
      assertThat(page.path("first_id").textValue()).isEqualTo(third);
      assertThat(ids(rest)).containsExactly(first);
      assertThat(rest.path("has_more").booleanValue()).isFalse();
      assertThat(client.get("/batches?limit=101").status()).isEqualTo(400);
      assertThat(client.get("/batches/batch_none").status()).isEqualTo(404);
      OpenAiClient other = new OpenAiClient(simulator.baseUri(), "sk-other");
      assertThat(other.get("/batches/" + first).status()).isEqualTo(404);
    }
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.path("data").forEach(batch -> ids.add(batch.path("id").textValue()));
    return ids;
  }

  private static String customId(JsonNode line) {
    return line.path("custom_id").textValue();
  }

  private static TreeSet<String> customIds(List<JsonNode> some, List<JsonNode> others) {
    TreeSet<String> ids = new TreeSet<>();
    some.forEach(line -> ids.add(customId(line)));
    others.forEach(line -> ids.add(customId(line)));
    return ids;
  }
}
