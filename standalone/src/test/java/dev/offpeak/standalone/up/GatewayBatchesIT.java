package dev.offpeak.standalone.up;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.testkit.time.Patience;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and batches over HTTP, as an SDK of OpenAI uses them. */
class GatewayBatchesIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path home;

  private RunningUp up;
  private GatewayClient gateway;

  @BeforeEach
  void start() throws Exception {
    up = new RunningUp(home);
    gateway = new GatewayClient(up.gateway());
  }

  @AfterEach
  void stop() {
    up.close();
  }

  @Test
  void aBatchComesBackInFilesAndEqualIdsOfTwoBatchesAreTwoRequests() throws Exception {
    String text = lines("request-", 7) + "\n" + line("no-such", "no-such-model");
    String file = gateway.upload("in.jsonl", text).path("id").asText();
    assertThat(gateway.get("/v1/files/" + file + "/content")).isEqualTo(text);

    JsonNode created = gateway.createBatch(file, "{\"team\":\"search\"}");
    String first = created.path("id").asText();
    String second = gateway.createBatch(file, "{}").path("id").asText();
    assertThat(created.path("status").asText()).isEqualTo("validating");
    assertThat(first).isNotEqualTo(second);

    for (String batch : List.of(first, second)) {
      JsonNode done = completed(batch);
      assertThat(done.at("/request_counts/total").asInt()).isEqualTo(8);
      assertThat(done.at("/request_counts/completed").asInt()).isEqualTo(7);
      assertThat(done.at("/request_counts/failed").asInt()).isEqualTo(1);
      assertThat(done.at("/usage/total_tokens").asLong()).isPositive();
      List<JsonNode> output = gateway.lines(done.path("output_file_id").asText());
      assertThat(output)
          .extracting(line -> line.path("custom_id").asText())
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 7).mapToObj(i -> "request-" + i).toList());
      assertThat(output)
          .allSatisfy(
              line -> {
                assertThat(line.at("/response/status_code").asInt()).isEqualTo(200);
                assertThat(line.at("/response/body/choices/0/message/content").asText())
                    .isNotEmpty();
                assertThat(line.path("error").isNull()).isTrue();
              });
      JsonNode error = gateway.lines(done.path("error_file_id").asText()).getFirst();
      assertThat(error.path("custom_id").asText()).isEqualTo("no-such");
      assertThat(error.at("/error/code").asText()).isEqualTo("unknown_model");
    }
    assertThat(gateway.json("/v1/batches/" + first).at("/metadata/team").asText())
        .isEqualTo("search");
    assertThat(up.summary().path("lines_executed").asInt()).isEqualTo(14);

    JsonNode page = gateway.json("/v1/batches?limit=1");
    assertThat(page.at("/data/0/id").asText()).isEqualTo(second);
    assertThat(page.path("has_more").asBoolean()).isTrue();
    JsonNode rest = gateway.json("/v1/batches?limit=1&after=" + second);
    assertThat(rest.at("/data/0/id").asText()).isEqualTo(first);
    assertThat(rest.path("has_more").asBoolean()).isFalse();
    assertThat(gateway.json("/v1/files?purpose=batch_output").path("data")).hasSize(4);

    assertThat(gateway.delete("/v1/files/" + file).path("deleted").asBoolean()).isTrue();
    assertThat(gateway.status("/v1/files/" + file)).isEqualTo(404);
  }

  @Test
  void aFileWithABadLineFailsAsAWholeAndNothingOfItIsSent() throws Exception {
    String file = gateway.upload("in", lines("a", 3) + "\nnot json").path("id").asText();
    String batch = gateway.createBatch(file, "{}").path("id").asText();

    await()
        .atMost(Patience.LONG)
        .untilAsserted(
            () ->
                assertThat(gateway.json("/v1/batches/" + batch).path("status").asText())
                    .isEqualTo("failed"));
    JsonNode failed = gateway.json("/v1/batches/" + batch);
    assertThat(failed.at("/errors/data/0/line").asInt()).isEqualTo(4);
    assertThat(up.summary().path("lines_executed").asInt()).isZero();
    assertThat(gateway.cancel(batch)).isEqualTo(409);
  }

  @Test
  void aBatchGoesOnOverARestartAndACreateThatIsRepeatedMakesNothing() throws Exception {
    String file = gateway.upload("in.jsonl", lines("r", 40)).path("id").asText();
    JsonNode first = gateway.createBatch(file, "{}", "X-Stainless-Retry-Count", "0");
    JsonNode again = gateway.createBatch(file, "{}", "X-Stainless-Retry-Count", "1");
    assertThat(again.path("id")).isEqualTo(first.path("id"));

    up.close();
    up = new RunningUp(home);
    gateway = new GatewayClient(up.gateway());

    JsonNode done = completed(first.path("id").asText());
    assertThat(gateway.lines(done.path("output_file_id").asText())).hasSize(40);
    assertThat(done.path("error_file_id").isNull()).isTrue();
    assertThat(up.summary().path("lines_executed").asInt()).isEqualTo(40);
    assertThat(up.summary().path("bodies_billed_more_than_once").asInt()).isZero();
  }

  @Test
  void aBatchThatIsCancelledKeepsWhatHasFinished() throws Exception {
    up.fault(
        "[{\"match\":{\"call\":\"create_batch\"},"
            + "\"do\":{\"job\":{\"stuck\":\"in_progress\",\"stuck_at\":0.5}}}]");
    String text = lines("r", 6) + "\nno json\n" + line("r0", "gpt-4o-mini");
    String file = gateway.uploadZipped("in.jsonl", text).path("id").asText();
    assertThat(gateway.get("/v1/files/" + file + "/content")).isEqualTo(text);
    String batch =
        gateway.createBatch(file, "{}", "x-offpeak-bad-lines", "error-file").path("id").asText();
    await()
        .atMost(Patience.LONG)
        .untilAsserted(() -> assertThat(up.summary().path("lines_executed").asInt()).isEqualTo(3));

    assertThat(gateway.cancel(batch)).isEqualTo(200);
    assertThat(gateway.json("/v1/batches/" + batch).path("status").asText())
        .isIn("cancelling", "cancelled");
    JsonNode done = ended(batch, "cancelled");

    assertThat(done.at("/request_counts/total").asInt()).isEqualTo(8);
    assertThat(done.at("/request_counts/completed").asInt()).isEqualTo(3);
    assertThat(done.at("/request_counts/failed").asInt()).isEqualTo(5);
    assertThat(done.at("/offpeak/cost_usd").asText()).startsWith("0.000").isNotEqualTo("0");
    assertThat(gateway.lines(done.path("output_file_id").asText())).hasSize(3);
    assertThat(gateway.lines(done.path("error_file_id").asText()))
        .extracting(line -> line.at("/error/code").asText())
        .containsExactlyInAnyOrder(
            "batch_cancelled",
            "batch_cancelled",
            "batch_cancelled",
            "malformed_record",
            "duplicate_custom_id");
    assertThat(gateway.cancel(batch)).isEqualTo(200);
  }

  @Test
  void equalCreatesOfOneKeyAtTheSameMomentMakeOne() throws Exception {
    List<JsonNode> files = atOnce(i -> gateway.upload("in", "x", "Idempotency-Key", "k"));
    assertThat(files).extracting(each -> each.path("id").asText()).containsOnly(idOf(files));
    String good = gateway.upload("in", lines("a", 1)).path("id").asText();
    List<JsonNode> made = atOnce(i -> gateway.createBatch(good, "{}", "Idempotency-Key", "k"));

    assertThat(made).extracting(each -> each.path("id").asText()).containsOnly(idOf(made));
    assertThat(gateway.json("/v1/batches").path("data")).hasSize(1);
    assertThat(
            gateway
                .createBatch(good, "{\"a\":\"b\"}", "Idempotency-Key", "k")
                .at("/error/code")
                .asText())
        .isEqualTo("idempotency_key_reused");
    JsonNode first = gateway.upload("twice", "x", "X-Stainless-Retry-Count", "0");
    JsonNode again = gateway.upload("twice", "x", "X-Stainless-Retry-Count", "1");
    assertThat(again.path("id")).isEqualTo(first.path("id"));
  }

  @Test
  void partsBecomeAFileAndAResponseRunsInTheBackground() throws Exception {
    String order =
        "{\"filename\":\"a.jsonl\",\"purpose\":\"batch\",\"mime_type\":\"text/jsonl\",\"bytes\":%d}";
    String text = lines("p", 3);
    String upload = posted("/v1/uploads", order.formatted(text.length())).path("id").asText();
    String last = gateway.part(upload, text.substring(100)).path("id").asText();
    String first = gateway.part(upload, text.substring(0, 100)).path("id").asText();
    String place = "/v1/uploads/" + upload + "/complete";
    String ids = "{\"part_ids\":[\"%s\",\"%s\"],\"md5\":\"%s\"}";
    String sum =
        HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
    assertThat(posted(place, ids.formatted(last, first, sum)).at("/error/param").asText())
        .isEqualTo("md5");
    JsonNode whole = posted(place, ids.formatted(first, last, sum));
    assertThat(whole.path("status").asText()).isEqualTo("completed");
    assertThat(posted(place, ids.formatted(first, last, sum)).at("/file/id"))
        .isEqualTo(whole.at("/file/id"));
    String content = "/v1/files/" + whole.at("/file/id").asText() + "/content";
    assertThat(gateway.get(content)).isEqualTo(text);
    HttpResponse<String> range = gateway.got(content, "Range", "bytes=90-120");
    assertThat(range.statusCode()).isEqualTo(206);
    assertThat(range.body()).isEqualTo(text.substring(90, 121));
    assertThat(range.headers().firstValue("content-range"))
        .hasValue("bytes 90-120/" + text.length());
    assertThat(gateway.got(content, "Range", "bytes=-5").body())
        .isEqualTo(text.substring(text.length() - 5));
    assertThat(gateway.got(content, "Range", "bytes=9999-").statusCode()).isEqualTo(416);
    completed(gateway.createBatch(whole.at("/file/id").asText(), "{}").path("id").asText());

    String background = "{\"model\":\"gpt-4o-mini\",\"background\":true,\"input\":\"%s\"}";
    JsonNode queued = posted("/v1/responses", background.formatted("hello"));
    assertThat(queued.path("status").asText()).isEqualTo("queued");
    String response = "/v1/responses/" + queued.path("id").asText();
    await()
        .atMost(Patience.LONG)
        .untilAsserted(
            () ->
                assertThat(gateway.json(response).path("status").asText()).isEqualTo("completed"));
    assertThat(gateway.json(response).path("id")).isEqualTo(queued.path("id"));
    assertThat(gateway.json(response).path("output")).isNotEmpty();
    JsonNode other = posted("/v1/responses", background.formatted("other"));
    String cancel = "/v1/responses/" + other.path("id").asText() + "/cancel";
    assertThat(posted(cancel, "").path("status").asText()).isEqualTo("cancelled");
    assertThat(posted(cancel, "").path("status").asText()).isEqualTo("cancelled");
  }

  @Test
  void linesWithoutAFileAreABatchAndEachIsFound() throws Exception {
    JsonNode taken = posted("/v1/requests", lines("q", 3) + "\n" + line("q9", "no-such-model"));
    String batch = taken.path("batch_id").asText();
    HttpResponse<String> found =
        gateway.got("/v1/requests/q1?batch_id=" + batch, "Prefer", "wait=100");
    assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
    JsonNode request = new ObjectMapper().readTree(found.body());
    assertThat(request.path("state").asText()).isEqualTo("succeeded");
    assertThat(request.at("/outcome/response/status_code").asInt()).isEqualTo(200);
    JsonNode done = completed(batch);
    assertThat(done.at("/request_counts/completed").asInt()).isEqualTo(3);
    assertThat(done.path("input_file_id").isNull()).isTrue();
    JsonNode failed = gateway.json("/v1/requests?state=failed&batch_id=" + batch);
    assertThat(failed.at("/data/0/custom_id").asText()).isEqualTo("q9");
    assertThat(failed.path("data")).hasSize(1);
    assertThat(gateway.json("/v1/requests/q9").at("/outcome/error/code").asText())
        .isEqualTo("unknown_model");
    assertThat(gateway.status("/v1/requests/nobody")).isEqualTo(404);

    JsonNode again = posted("/v1/requests", lines("q", 1));
    JsonNode repeated = completed(again.path("batch_id").asText());
    assertThat(repeated.at("/offpeak/duplicates").asInt()).isEqualTo(1);
    assertThat(new GatewayClient(up.gateway(), "x-offpeak-tenant", "b").status("/v1/requests/q1"))
        .isEqualTo(404);
  }

  private JsonNode posted(String path, String body) throws Exception {
    return new ObjectMapper().readTree(gateway.post(path, body).body());
  }

  private static String idOf(List<JsonNode> made) {
    String id = made.getFirst().path("id").asText();
    assertThat(id).as("%s", made.getFirst()).isNotEmpty();
    return id;
  }

  private interface Call {
    JsonNode make(int number) throws Exception;
  }

  private static List<JsonNode> atOnce(Call call) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<JsonNode>> calls =
          IntStream.range(0, 5).mapToObj(i -> threads.submit(() -> call.make(i))).toList();
      List<JsonNode> answers = new ArrayList<>();
      for (Future<JsonNode> each : calls) {
        answers.add(each.get());
      }
      return answers;
    }
  }

  @Test
  void aCallThatCanWaitIsAskedForUntilItsAnswerIsThere() throws Exception {
    String chat =
        "{\"model\": \"gpt-4o-mini\",\n \"service_tier\": \"batch\", \"messages\":"
            + " [{\"role\": \"user\", \"content\": \"later\"}]}";
    HttpResponse<String> taken = gateway.post("/v1/chat/completions", chat);
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
    assertThat(taken.body()).contains("\"choices\":[]").contains("\"id\":\"chatcmpl-");
    String place = taken.headers().firstValue("location").orElseThrow();
    assertThat(place).startsWith("/v1/chat/completions/chatcmpl-");
    String embedding = "{\"model\":\"gpt-embedding\",\"input\":\"x\"}";
    HttpResponse<String> preferred =
        gateway.post("/v1/embeddings", embedding, "Prefer", "respond-async");
    assertThat(preferred.statusCode()).as(preferred.body()).isEqualTo(202);
    assertThat(preferred.headers().firstValue("preference-applied")).hasValue("respond-async");

    await()
        .atMost(Patience.LONG)
        .untilAsserted(() -> assertThat(gateway.status(place)).isEqualTo(200));

    assertThat(gateway.json(place).at("/choices/0/message/content").asText()).isNotEmpty();
    assertThat(up.summary().path("sync_calls").asInt()).isZero();
    assertThat(new GatewayClient(up.gateway(), "x-offpeak-tenant", "other").status(place))
        .isEqualTo(404);
    HttpResponse<String> stream =
        gateway.post(
            "/v1/chat/completions", chat.replace("{\"model\"", "{\"stream\":true,\"model\""));
    assertThat(stream.statusCode()).isEqualTo(400);
    assertThat(stream.body()).contains("\"param\":\"stream\"");
    assertThat(
            gateway
                .post("/v1/messages", "{\"model\":\"claude-x\"}", "x-offpeak-mode", "batch")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void batchesOfAnthropicAndOfGeminiHaveTheirOwnForms() throws Exception {
    String params =
        "\"params\":{\"model\":\"claude-sonnet-5\",\"max_tokens\":9,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
    JsonNode messages =
        JSON.readTree(
            gateway
                .post(
                    "/v1/messages/batches",
                    "{\"requests\":[{\"custom_id\":\"a\",%s},{\"custom_id\":\"b\",%s}]}"
                        .formatted(params, params.replace("claude", "nobodys")))
                .body());
    JsonNode operation =
        JSON.readTree(
            gateway
                .post(
                    "/v1beta/models/gemini-3.5-flash:batchGenerateContent",
                    "{\"batch\":{\"displayName\":\"d\",\"inputConfig\":{\"requests\":{\"requests\":["
                        + "{\"request\":{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]},\"metadata\":{\"key\":\"first\"}},"
                        + "{\"request\":{\"contents\":[{\"parts\":[{\"text\":\"x\"}]}]},\"metadata\":{\"key\":\"second\"}}]}}}}")
                .body());
    String batch = "/v1/messages/batches/" + messages.path("id").asText();
    String name = "/v1beta/" + operation.path("name").asText();
    await()
        .atMost(Patience.LONG)
        .untilAsserted(
            () -> {
              assertThat(gateway.json(batch).path("processing_status").asText()).isEqualTo("ended");
              assertThat(gateway.json(name).path("done").asBoolean()).isTrue();
            });

    JsonNode ended = gateway.json(batch);
    assertThat(ended.at("/request_counts/succeeded").asInt()).isEqualTo(1);
    assertThat(ended.at("/request_counts/errored").asInt()).isEqualTo(1);
    assertThat(ended.path("results_url").asText()).isEqualTo(up.gateway() + batch + "/results");
    assertThat(gateway.get(batch + "/results").lines())
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).startsWith("{\"custom_id\":\"a\",\"result\":{\"type\":\"succ"),
            line -> assertThat(line).startsWith("{\"custom_id\":\"b\",\"result\":{\"type\":\"err"));
    JsonNode over = gateway.json(name);
    assertThat(over.at("/metadata/state").asText()).isEqualTo("BATCH_STATE_SUCCEEDED");
    assertThat(over.at("/response/inlinedResponses/inlinedResponses"))
        .extracting(each -> each.at("/metadata/key").asText())
        .containsExactly("first", "second");

    GatewayClient other = new GatewayClient(up.gateway(), "x-offpeak-tenant", "other");
    for (String path : List.of(batch, batch + "/results", name)) {
      assertThat(other.status(path)).as(path).isEqualTo(404);
    }
    assertThat(gateway.json("/v1/batches").path("data")).isEmpty();
    assertThat(gateway.json("/v1/files?purpose=batch").path("data")).isEmpty();
    gateway.delete(batch);
    gateway.delete(name);
    assertThat(gateway.status(batch)).isEqualTo(404);
    assertThat(gateway.status(name)).isEqualTo(404);
  }

  @Test
  void whatAnotherTenantHasIsNotThere() throws Exception {
    String file = gateway.upload("in.jsonl", lines("a", 1)).path("id").asText();
    String batch = gateway.createBatch(file, "{}").path("id").asText();
    GatewayClient other = new GatewayClient(up.gateway(), "x-offpeak-tenant", "other");

    for (String path :
        List.of("/v1/files/" + file, "/v1/files/" + file + "/content", "/v1/batches/" + batch)) {
      assertThat(other.status(path)).as(path).isEqualTo(404);
      assertThat(other.get(path).replace(file, "X").replace(batch, "X"))
          .isEqualTo(
              other
                  .get(path.replace(file, "file-none").replace(batch, "batch_none"))
                  .replace("file-none", "X")
                  .replace("batch_none", "X"));
    }
    assertThat(other.cancel(batch)).isEqualTo(404);
    assertThat(other.json("/v1/files").path("data")).isEmpty();
    assertThat(other.createBatch(file, "{}").at("/error/code").asText()).isEqualTo("not_found");
  }

  private JsonNode completed(String batch) throws Exception {
    return ended(batch, "completed");
  }

  private JsonNode ended(String batch, String status) throws Exception {
    await()
        .atMost(Patience.LONG)
        .untilAsserted(
            () ->
                assertThat(gateway.json("/v1/batches/" + batch).path("status").asText())
                    .isEqualTo(status));
    return gateway.json("/v1/batches/" + batch);
  }

  private static String lines(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> line(prefix + i, "gpt-4o-mini"))
        .collect(Collectors.joining("\n"));
  }

  private static String line(String id, String model) {
    return "{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}}"
        .formatted(id, model, id);
  }
}
