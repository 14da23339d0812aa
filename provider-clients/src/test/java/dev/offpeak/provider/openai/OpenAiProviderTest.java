package dev.offpeak.provider.openai;

import static dev.offpeak.provider.openai.OpenAiFixture.job;
import static dev.offpeak.provider.server.Fixture.ok;
import static dev.offpeak.provider.server.Fixture.payload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.ResultSource;
import dev.offpeak.provider.ResultStream;
import dev.offpeak.provider.account.AuthHeader;
import dev.offpeak.provider.account.WireConfig;
import dev.offpeak.provider.adapter.BatchProviders;
import dev.offpeak.provider.server.Fixture;
import dev.offpeak.provider.server.ScriptedServer;
import dev.offpeak.provider.server.Seen;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenAiProviderTest {

  private static final String VALIDATING =
      """
      {"id":"batch_1","object":"batch","endpoint":"/v1/chat/completions","errors":null,
       "input_file_id":"file-1","completion_window":"24h","status":"validating","output_file_id":null,
       "error_file_id":null,"created_at":1763985600,"expires_at":1764072000,
       "request_counts":{"total":0,"completed":0,"failed":0},"metadata":{"offpeak_batch":"01BATCH"}}
      """;

  private ScriptedServer server;
  private BatchProvider provider;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    provider = OpenAiFixture.provider(server.url());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void uploadIsAMultipartFormOfKnownLength() {
    server.thenAnswer(
        200,
        "{\"id\":\"file-1\",\"filename\":\"01B.jsonl\",\"bytes\":10,\"created_at\":1763985600}");
    InputFile file = ok(provider.upload("01B.jsonl", payload("{\"a\":\"é\"}\n")));
    assertThat(file)
        .isEqualTo(new InputFile("file-1", "01B.jsonl", 10, Instant.ofEpochSecond(1_763_985_600)));
    Seen seen = server.seen().getFirst();
    assertThat(seen.line()).isEqualTo("POST /v1/files");
    assertThat(seen.header("authorization")).isEqualTo("Bearer sk-secret");
    assertThat(seen.header("openai-organization")).isEqualTo("org-1");
    assertThat(seen.header("openai-project")).isEqualTo("proj-1");
    assertThat(seen.header("transfer-encoding")).isNull();
    String boundary = seen.header("content-type").split("boundary=")[1];
    assertThat(seen.body())
        .isEqualTo(
            """
            --B
            Content-Disposition: form-data; name="purpose"

            batch
            --B
            Content-Disposition: form-data; name="file"; filename="01B.jsonl"
            Content-Type: application/jsonl

            {"a":"é"}@

            --B--
            """
                .replace("B\nC", boundary + "\nC")
                .replace("B--", boundary + "--")
                .replace("\n", "\r\n")
                .replace("@\r\n", "\n"));
  }

  @Test
  void createNamesFileEndpointWindowAndMarker() {
    server.thenAnswer(200, VALIDATING);
    ProviderJob job = ok(provider.create(job("file-1")));
    assertThat(job.id()).isEqualTo("batch_1");
    assertThat(job.phase()).isEqualTo(ProviderJob.Phase.VALIDATING);
    Seen seen = server.seen().getFirst();
    assertThat(seen.line()).isEqualTo("POST /v1/batches");
    assertThat(seen.header("content-type")).isEqualTo("application/json");
    assertThat(seen.body())
        .contains("\"input_file_id\":\"file-1\"")
        .contains("\"endpoint\":\"/v1/chat/completions\"")
        .contains("\"completion_window\":\"24h\"")
        .contains("\"metadata\":{\"offpeak_batch\":\"01BATCH\"}");
  }

  @Test
  void accountCanAskForAShorterLifeOfResultsAndForAzuresWayOfCalling() {
    server.thenAnswer(200, VALIDATING).thenAnswer(200, "{\"data\":[]}");
    BatchProvider azure =
        OpenAiFixture.provider(
            server.url(),
            new WireConfig(
                AuthHeader.API_KEY, "2025-04-01-preview", Duration.ofDays(2), null, null));
    ok(azure.create(job("file-1")));
    ok(azure.findFiles("a.jsonl"));
    Seen create = server.seen().getFirst();
    assertThat(create.line()).isEqualTo("POST /v1/batches?api-version=2025-04-01-preview");
    assertThat(create.header("api-key")).isEqualTo("sk-secret");
    assertThat(create.header("authorization")).isNull();
    assertThat(create.body())
        .contains("\"output_expires_after\":{")
        .contains("\"anchor\":\"created_at\"")
        .contains("\"seconds\":172800");
    assertThat(server.seen().getLast().line())
        .isEqualTo(
            "GET /v1/files?purpose=batch&order=desc&limit=1000&api-version=2025-04-01-preview");
  }

  @Test
  void getAndCancelNameTheJob() {
    server.thenAnswer(200, VALIDATING).thenAnswer(200, VALIDATING);
    ok(provider.get("batch_1"));
    ok(provider.cancel("batch_1"));
    assertThat(server.seen())
        .extracting(Seen::line)
        .containsExactly("GET /v1/batches/batch_1", "POST /v1/batches/batch_1/cancel");
  }

  @Test
  void idsCannotLeaveTheirPlaceInThePath() {
    server.thenAnswer(200, VALIDATING);
    Fixture.error(provider.get("../files?x=1"));
    assertThat(server.seen().getFirst().line()).isEqualTo("GET /v1/batches/..%2Ffiles%3Fx%3D1");
  }

  @Test
  void deletingWhatIsGoneIsSuccess() {
    server
        .thenAnswer(200, "{\"id\":\"file-1\",\"object\":\"file\",\"deleted\":true}")
        .thenAnswer(404, "{\"error\":{\"message\":\"No such File\"}}");
    assertThat(ok(provider.delete("file-1"))).isTrue();
    assertThat(ok(provider.delete("file-1"))).isTrue();
    assertThat(server.seen().getFirst().line()).isEqualTo("DELETE /v1/files/file-1");
  }

  @Test
  void orphansAreFoundByFileOrMarkerOnPagesUntilAllIsOlder() {
    server
        .thenAnswer(
            200, page(true, batch("b5", "other", null, 60), batch("b4", "file-1", null, 30)))
        .thenAnswer(
            200, page(true, batch("b3", "x", "01BATCH", 0), batch("b2", "file-1", null, -299)))
        .thenAnswer(200, page(true, batch("b1", "other", null, -301)));
    List<ProviderJob> found = ok(provider.findJobs(job("file-1")));
    assertThat(found).extracting(ProviderJob::id).containsExactly("b4", "b3", "b2");
    assertThat(server.seen())
        .extracting(Seen::line)
        .containsExactly(
            "GET /v1/batches?limit=100",
            "GET /v1/batches?limit=100&after=b4",
            "GET /v1/batches?limit=100&after=b2");
  }

  @Test
  void searchThatFailsHalfWayFindsNothing() {
    server.thenAnswer(200, page(true, batch("b4", "file-1", null, 30))).thenAnswer(500, "down");
    assertThat(Fixture.error(provider.findJobs(job("file-1"))).code()).isEqualTo("http_500");
  }

  @Test
  void filesAreFoundByNameOnAllPages() {
    server
        .thenAnswer(200, page(true, file("f3", "a.jsonl"), file("f2", "b.jsonl")))
        .thenAnswer(200, page(false, file("f1", "a.jsonl")));
    assertThat(ok(provider.findFiles("a.jsonl")))
        .extracting(InputFile::id)
        .containsExactly("f3", "f1");
    assertThat(server.seen())
        .extracting(Seen::line)
        .containsExactly(
            "GET /v1/files?purpose=batch&order=desc&limit=1000",
            "GET /v1/files?purpose=batch&order=desc&limit=1000&after=f2");
  }

  @Test
  void resultsAreTheOutputAndThenTheErrors() throws IOException {
    server.thenAnswer(
        200,
        VALIDATING
            .replace("validating", "completed")
            .replace("\"output_file_id\":null", "\"output_file_id\":\"file-o\"")
            .replace("\"error_file_id\":null", "\"error_file_id\":\"\""));
    ProviderJob job = ok(provider.get("batch_1"));
    assertThat(provider.results(job))
        .containsExactly(new ResultSource("file-o", ResultSource.Kind.OUTPUT_FILE));

    server.thenAnswer(
        200,
        """
        {"id":"r","custom_id":"op-1","response":{"status_code":200,"request_id":"q","body":{"model":"m","choices":[{}]}},"error":null}
        """);
    try (ResultStream lines = ok(provider.open(provider.results(job).getFirst()))) {
      assertThat(lines.next()).isInstanceOf(ResultLine.Succeeded.class);
      assertThat(lines.next()).isNull();
    }
    assertThat(server.seen().getLast().line()).isEqualTo("GET /v1/files/file-o/content");
  }

  @Test
  void everyCallIsReported() throws IOException {
    List<String> calls = new ArrayList<>();
    BatchProvider observed =
        BatchProviders.of(
            OpenAiFixture.account(server.url()),
            BatchProviders.newHttpClient(),
            Fixture.CLOCK,
            Fixture.PATIENT,
            (whose, account, operation, outcome, took) ->
                calls.add(whose.id() + " " + account + " " + operation + " " + outcome));
    server.thenAnswer(200, VALIDATING).thenAnswer(429, "");
    observed.get("batch_1");
    observed.create(job("file-1"));
    server.close();
    observed.cancel("batch_1");
    assertThat(calls)
        .containsExactly(
            "openai main get 200", "openai main create 429", "openai main cancel connect_failed");
  }

  @Test
  void sharesTheFormatOfInputFiles() {
    assertThat(provider.recovery().uploadsFirst()).isTrue();
    assertThat(provider.format().fileOverhead()).isZero();
  }

  private static String page(boolean more, String... items) {
    return "{\"object\":\"list\",\"data\":["
        + String.join(",", items)
        + "],\"has_more\":"
        + more
        + "}";
  }

  private static String batch(String id, String file, String marker, long secondsAfterNow) {
    return "{\"id\":\""
        + id
        + "\",\"status\":\"in_progress\",\"input_file_id\":\""
        + file
        + "\",\"created_at\":"
        + (Fixture.NOW.getEpochSecond() + secondsAfterNow)
        + ",\"metadata\":"
        + (marker == null ? "null" : "{\"offpeak_batch\":\"" + marker + "\"}")
        + "}";
  }

  private static String file(String id, String name) {
    return "{\"id\":\"" + id + "\",\"filename\":\"" + name + "\",\"bytes\":1,\"created_at\":1}";
  }
}
