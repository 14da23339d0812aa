package dev.offpeak.provider.gemini;

import static dev.offpeak.provider.gemini.GeminiFixture.job;
import static dev.offpeak.provider.server.Fixture.error;
import static dev.offpeak.provider.server.Fixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.provider.ProviderJob.Phase;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.ResultSource;
import dev.offpeak.provider.ResultStream;
import dev.offpeak.provider.server.Conversation;
import dev.offpeak.provider.server.ScriptedServer;
import dev.offpeak.provider.server.Seen;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes over the wire, and what comes of the answers. */
class GeminiProviderTest {

  private static final String OWN_NAME = GeminiFiles.ownName("01BATCH.jsonl");
  private static final String MISSING =
      "{\"error\":{\"code\":403,\"status\":\"PERMISSION_DENIED\","
          + "\"message\":\"You do not have permission to access the File or it may not exist.\"}}";

  private ScriptedServer server;
  private GeminiProvider provider;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    provider = GeminiFixture.provider(server.url(), GeminiFixture.NO_SLEEP);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void createNamesModelMarkerAndFile() {
    server.thenAnswer(200, operation("batches/b1", "PENDING", "01BATCH", "files/in"));
    ProviderJob job = ok(provider.create(job("files/in", "generateContent")));
    assertThat(job.id()).isEqualTo("batches/b1");
    assertThat(job.phase()).isEqualTo(Phase.VALIDATING);
    Seen seen = server.seen().getFirst();
    assertThat(seen.line()).isEqualTo("POST /v1beta/models/gemini-2.5-flash:batchGenerateContent");
    assertThat(seen.header("x-goog-api-key")).isEqualTo("AIza-secret");
    assertThat(seen.body())
        .contains("\"displayName\":\"01BATCH\"")
        .contains("\"inputConfig\":{\"fileName\":\"files/in\"}")
        .startsWith("{\"batch\":{");
  }

  @Test
  void embeddingsHaveAMethodOfTheirOwn() {
    server.thenAnswer(200, operation("batches/b1", "PENDING", "01BATCH", "files/in"));
    ok(provider.create(job("files/in", "embedContent")));
    assertThat(server.seen().getFirst().line())
        .isEqualTo("POST /v1beta/models/gemini-2.5-flash:asyncBatchEmbedContent");
  }

  @Test
  void createThatWasCutIsAmbiguousAndNotSentAgain() {
    server.then(Conversation::readBody);
    assertThat(error(provider.create(job("files/in", "generateContent"))))
        .isInstanceOf(ProviderError.Ambiguous.class);
    assertThat(server.seen()).hasSize(1);
  }

  @Test
  void lostCreateIsFoundByMarkerOrFileOnAnyPage() {
    server
        .thenAnswer(
            200,
            "{\"operations\":["
                + operation("batches/b1", "SUCCEEDED", "other", "files/other")
                + ","
                + operation("batches/b2", "RUNNING", "01BATCH", "files/elsewhere")
                + "],\"nextPageToken\":\"t 1\"}")
        .thenAnswer(
            200,
            "{\"operations\":["
                + operation("batches/b3", "RUNNING", "other", "files/in")
                    .replace("12:00:00Z", "12:00:05Z")
                + "]}");
    assertThat(ok(provider.findJobs(job("files/in", "generateContent"))))
        .extracting(ProviderJob::id)
        .containsExactly("batches/b3", "batches/b2");
    assertThat(server.seen())
        .extracting(Seen::line)
        .containsExactly(
            "GET /v1beta/batches?pageSize=100", "GET /v1beta/batches?pageSize=100&pageToken=t%201");
  }

  @Test
  void emptyListHasNoOperations() {
    server.thenAnswer(200, "{}");
    assertThat(ok(provider.findJobs(job("files/in", "generateContent")))).isEmpty();
  }

  @Test
  void listThatGoesRoundInCirclesProvesNothing() {
    server
        .thenAnswer(200, "{\"nextPageToken\":\"a\"}")
        .thenAnswer(200, "{\"nextPageToken\":\"b\"}")
        .thenAnswer(200, "{\"nextPageToken\":\"a\"}");
    assertThat(error(provider.findJobs(job("files/in", "generateContent"))))
        .isInstanceOf(ProviderError.Retryable.class);
  }

  @Test
  void cancelIsFollowedByALook() {
    server
        .thenAnswer(200, "{}")
        .thenAnswer(200, operation("batches/b1", "RUNNING", "01BATCH", "files/in"));
    assertThat(ok(provider.cancel("batches/b1")).phase()).isEqualTo(Phase.IN_PROGRESS);
    server.thenAnswer(404, "{}");
    assertThat(error(provider.cancel("batches/b1"))).isInstanceOf(ProviderError.Gone.class);
    assertThat(server.seen())
        .extracting(Seen::line)
        .containsExactly(
            "POST /v1beta/batches/b1:cancel",
            "GET /v1beta/batches/b1",
            "POST /v1beta/batches/b1:cancel");
  }

  @Test
  void fileIsFoundUnderItsOwnName() {
    server.thenAnswer(200, file(OWN_NAME));
    assertThat(ok(provider.findFiles("01BATCH.jsonl")))
        .extracting(InputFile::id)
        .containsExactly(OWN_NAME);
    assertThat(server.seen()).hasSize(1);
  }

  @Test
  void fileIsFoundByItsDisplayNameOtherwise() {
    server
        .thenAnswer(403, MISSING)
        .thenAnswer(
            200,
            "{\"files\":["
                + file("files/other").replace("01BATCH", "02BATCH")
                + ","
                + file("files/theirs")
                + "]}");
    assertThat(ok(provider.findFiles("01BATCH.jsonl")))
        .extracting(InputFile::id)
        .containsExactly("files/theirs");
    server.thenAnswer(503, "");
    assertThat(error(provider.findFiles("01BATCH.jsonl")))
        .isInstanceOf(ProviderError.Retryable.class);
  }

  @Test
  void filesAndJobsAreDeletedAndMayBeGone() {
    server
        .thenAnswer(200, "{}")
        .thenAnswer(403, MISSING)
        .thenAnswer(200, "{}")
        .thenAnswer(404, "{}");
    assertThat(ok(provider.delete("files/in"))).isTrue();
    assertThat(ok(provider.delete("files/in"))).isTrue();
    assertThat(ok(provider.delete("batches/b1"))).isTrue();
    assertThat(ok(provider.delete("batches/b1"))).isTrue();
    assertThat(server.seen())
        .extracting(Seen::line)
        .containsExactly(
            "DELETE /v1beta/files/in",
            "DELETE /v1beta/files/in",
            "DELETE /v1beta/batches/b1",
            "DELETE /v1beta/batches/b1");
  }

  private static final String ANSWER =
      "{\"candidates\":[{\"index\":0,\"content\":{\"parts\":[{\"text\":\"yes\"}]}}]}";

  @Test
  void resultsAreAFileOrStandInTheJob() throws IOException {
    String inline =
        "{\"name\":\"batches/b1\",\"metadata\":{\"state\":\"BATCH_STATE_SUCCEEDED\"},\"done\":true,"
            + "\"response\":{\"inlinedResponses\":{\"inlinedResponses\":[{\"metadata\":"
            + "{\"key\":\"op-1\"},\"response\":"
            + ANSWER
            + "}]}}}";
    server.thenAnswer(200, inline).thenAnswer(200, inline);
    ProviderJob done = ok(provider.get("batches/b1"));
    ResultSource job = new ResultSource("batches/b1", ResultSource.Kind.JOB);
    assertThat(provider.results(done)).containsExactly(job);
    assertThat(first(job)).isInstanceOf(ResultLine.Succeeded.class);

    String inFile =
        "{\"name\":\"batches/b1\",\"metadata\":{\"state\":\"BATCH_STATE_SUCCEEDED\"},"
            + "\"done\":true,\"response\":{\"responsesFile\":\"files/batch-b1\"}}";
    server.thenAnswer(200, inFile);
    ResultSource file = new ResultSource("files/batch-b1", ResultSource.Kind.OUTPUT_FILE);
    assertThat(provider.results(ok(provider.get("batches/b1")))).containsExactly(file);
    server.thenAnswer(200, "{\"response\":" + ANSWER + ",\"key\":\"op-1\"}\n");
    assertThat(first(file)).isInstanceOf(ResultLine.Succeeded.class);
    assertThat(server.seen().getLast().line())
        .isEqualTo("GET /download/v1beta/files/batch-b1:download?alt=media");

    server
        .thenAnswer(200, inFile)
        .thenAnswer(200, "{\"response\":" + ANSWER + ",\"key\":\"op-1\"}\n");
    assertThat(first(job)).isInstanceOf(ResultLine.Succeeded.class);
  }

  @Test
  void expiredJobHasNoResults() {
    server.thenAnswer(200, operation("batches/b1", "EXPIRED", "01BATCH", "files/in"));
    assertThat(provider.results(ok(provider.get("batches/b1")))).isEmpty();
  }

  @Test
  void goneResultsSaySo() {
    server.thenAnswer(403, MISSING);
    assertThat(error(provider.open(new ResultSource("files/b", ResultSource.Kind.OUTPUT_FILE))))
        .isInstanceOf(ProviderError.Gone.class);
  }

  private ResultLine first(ResultSource source) throws IOException {
    try (ResultStream lines = ok(provider.open(source))) {
      return lines.next();
    }
  }

  private static String file(String name) {
    return "{\"name\":\""
        + name
        + "\",\"displayName\":\"01BATCH.jsonl\",\"sizeBytes\":\"3\",\"state\":\"ACTIVE\"}";
  }

  private static String operation(String name, String state, String marker, String file) {
    return "{\"name\":\""
        + name
        + "\",\"metadata\":{\"displayName\":\""
        + marker
        + "\",\"inputConfig\":{\"fileName\":\""
        + file
        + "\"},\"createTime\":\"2026-11-24T12:00:00Z\",\"state\":\"BATCH_STATE_"
        + state
        + "\"}}";
  }
}
