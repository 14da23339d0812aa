package dev.offpeak.provider.gemini;

import static dev.offpeak.provider.server.Fixture.error;
import static dev.offpeak.provider.server.Fixture.ok;
import static dev.offpeak.provider.server.Fixture.payload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.provider.Payload;
import dev.offpeak.provider.server.Conversation;
import dev.offpeak.provider.server.ScriptedServer;
import dev.offpeak.provider.server.ScriptedServer.Step;
import dev.offpeak.provider.server.Seen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiUploadTest {

  private static final int MIB = 1024 * 1024;
  private static final int CHUNK = 8 * MIB;
  private static final String NAME = GeminiFiles.ownName("01BATCH.jsonl");
  private static final String ACTIVE = "X-Goog-Upload-Status: active";
  private static final String FINAL = "X-Goog-Upload-Status: final";

  private final List<Duration> waits = new ArrayList<>();
  private ScriptedServer server;
  private GeminiProvider provider;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    provider = GeminiFixture.provider(server.url(), waits::add);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void fileGoesUpInFullChunksUnderANameOfOurOwn() {
    thenStart().thenAnswer(200, "", ACTIVE).thenAnswer(200, "", ACTIVE).then(finish(20 * MIB));
    Bytes bytes = new Bytes(20 * MIB);
    assertThat(ok(provider.upload("01BATCH.jsonl", bytes)))
        .extracting(InputFile::id, InputFile::name, InputFile::bytes)
        .containsExactly(NAME, "01BATCH.jsonl", 20L * MIB);

    Seen start = server.seen().getFirst();
    assertThat(start.line()).isEqualTo("POST /upload/v1beta/files");
    assertThat(start.header("x-goog-api-key")).isEqualTo("AIza-secret");
    assertThat(start.header("x-goog-upload-protocol")).isEqualTo("resumable");
    assertThat(start.header("x-goog-upload-command")).isEqualTo("start");
    assertThat(start.header("x-goog-upload-header-content-length")).isEqualTo("" + 20 * MIB);
    assertThat(start.header("x-goog-upload-header-content-type")).isEqualTo("application/jsonl");
    assertThat(start.body())
        .contains("\"displayName\":\"01BATCH.jsonl\"")
        .contains("\"name\":\"" + NAME + "\"");
    assertThat(NAME).matches("files/[a-z0-9-]{1,40}");
    assertThat(commands())
        .containsExactly(
            "upload at 0: " + CHUNK,
            "upload at " + CHUNK + ": " + CHUNK,
            "upload, finalize at " + 2 * CHUNK + ": " + 4 * MIB);
    assertThat(received()).isEqualTo(bytes.content);
  }

  @Test
  void sizeOfWholeChunksEndsWithAFullOne() {
    thenStart().thenAnswer(200, "", ACTIVE).then(finish(2 * CHUNK));
    ok(provider.upload("01BATCH.jsonl", new Bytes(2 * CHUNK)));
    assertThat(commands())
        .containsExactly("upload at 0: " + CHUNK, "upload, finalize at " + CHUNK + ": " + CHUNK);
  }

  @Test
  void uploadGoesOnWithinTheChunkThatWasCut() {
    thenStart()
        .thenAnswer(200, "", ACTIVE)
        .then(
            conversation -> {
              conversation.skipBody(3 * MIB);
              conversation.reset();
            })
        .thenAnswer(200, "", ACTIVE, "X-Goog-Upload-Size-Received: " + 10 * MIB)
        .then(finish(12 * MIB));
    ok(provider.upload("01BATCH.jsonl", new Bytes(12 * MIB)));
    assertThat(commands())
        .containsExactly(
            "upload at 0: " + CHUNK,
            "upload, finalize at " + CHUNK + ": " + 4 * MIB,
            "query",
            "upload, finalize at " + 10 * MIB + ": " + 2 * MIB);
    assertThat(waits).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void payloadIsWrittenAgainWhenWhatHadArrivedIsLost() {
    thenStart()
        .thenAnswer(200, "", ACTIVE)
        .thenAnswer(503, "")
        .thenAnswer(200, "", ACTIVE, "X-Goog-Upload-Size-Received: " + MIB)
        .thenAnswer(200, "", ACTIVE)
        .then(finish(12 * MIB));
    Bytes bytes = new Bytes(12 * MIB);
    ok(provider.upload("01BATCH.jsonl", bytes));
    assertThat(bytes.written).isEqualTo(2);
    assertThat(commands())
        .containsExactly(
            "upload at 0: " + CHUNK,
            "upload, finalize at " + CHUNK + ": " + 4 * MIB,
            "query",
            "upload at " + MIB + ": " + CHUNK,
            "upload, finalize at " + 9 * MIB + ": " + 3 * MIB);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(body(1), 0, MIB);
    file.writeBytes(body(4));
    file.writeBytes(body(5));
    assertThat(file.toByteArray()).isEqualTo(bytes.content);
  }

  @Test
  void chunkThatArrivedWithoutItsAnswerIsNotSentAgain() {
    thenStart()
        .then(Conversation::readBody)
        .thenAnswer(200, "", ACTIVE, "X-Goog-Upload-Size-Received: " + CHUNK)
        .then(finish(12 * MIB));
    ok(provider.upload("01BATCH.jsonl", new Bytes(12 * MIB)));
    assertThat(commands())
        .containsExactly(
            "upload at 0: " + CHUNK, "query", "upload, finalize at " + CHUNK + ": " + 4 * MIB);
  }

  @Test
  void answerWithoutStatusIsAskedAbout() {
    thenStart()
        .thenAnswer(200, "")
        .thenAnswer(200, "", ACTIVE, "X-Goog-Upload-Size-Received: 0")
        .then(finish(3));
    ok(provider.upload("01BATCH.jsonl", payload("abc")));
    assertThat(commands())
        .containsExactly("upload, finalize at 0: 3", "query", "upload, finalize at 0: 3");
  }

  @Test
  void wholeFileThatIsNotFinalIsFinalizedWithNothingMore() {
    thenStart()
        .then(Conversation::readBody)
        .thenAnswer(200, "", ACTIVE, "X-Goog-Upload-Size-Received: 3")
        .then(finish(3));
    ok(provider.upload("01BATCH.jsonl", payload("abc")));
    assertThat(commands().getLast()).isEqualTo("upload, finalize at 3: 0");
  }

  @Test
  void lostLastAnswerIsFoundInTheSession() {
    thenStart().then(Conversation::readBody).then(finish(3));
    assertThat(ok(provider.upload("01BATCH.jsonl", payload("abc"))).bytes()).isEqualTo(3);
    assertThat(commands()).containsExactly("upload, finalize at 0: 3", "query");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"file\":{}}", "<html>"})
  void answerWithoutItsFileIsLookedUp(String answer) {
    thenStart().thenAnswer(200, answer, FINAL).thenAnswer(200, file(NAME, 3));
    assertThat(ok(provider.upload("01BATCH.jsonl", payload("abc"))).id()).isEqualTo(NAME);
    assertThat(server.seen().getLast().line()).isEqualTo("GET /v1beta/" + NAME);
  }

  @Test
  void fileThatCanNotBeLookedUpIsAmbiguous() {
    thenStart().thenAnswer(200, "", FINAL).thenAnswer(403, missing()).thenAnswer(200, "{}");
    assertThat(error(provider.upload("01BATCH.jsonl", payload("abc"))))
        .isInstanceOf(ProviderError.Ambiguous.class);
  }

  @Test
  void uploadThatGetsNowhereIsGivenUpAfterAMinute() {
    thenStart().thenAnswer(503, "");
    for (int query = 0; query < 6; query++) {
      server.thenAnswer(503, "");
    }
    assertThat(error(provider.upload("01BATCH.jsonl", new Bytes(12 * MIB))))
        .isInstanceOf(ProviderError.Retryable.class);
    assertThat(waits).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L);
  }

  @Test
  void lastChunkThatGetsNoAnswerAtAllIsAmbiguous() {
    thenStart().then(Conversation::readBody);
    for (int query = 0; query < 6; query++) {
      server.thenAnswer(503, "");
    }
    assertThat(error(provider.upload("01BATCH.jsonl", payload("abc"))))
        .isInstanceOf(ProviderError.Ambiguous.class);
  }

  @Test
  void serverThatAlwaysForgetsIsGivenUp() {
    thenStart();
    for (int again = 0; again < 4; again++) {
      server
          .thenAnswer(200, "", ACTIVE)
          .thenAnswer(503, "")
          .thenAnswer(200, "", ACTIVE, "X-Goog-Upload-Size-Received: 0");
    }
    assertThat(error(provider.upload("01BATCH.jsonl", new Bytes(12 * MIB))).code())
        .isEqualTo("upload_lost");
  }

  @Test
  void badKeyAndGoneSessionEndTheUploadAtOnce() {
    thenStart().thenAnswer(401, "");
    assertThat(error(provider.upload("01BATCH.jsonl", payload("abc"))))
        .isInstanceOf(ProviderError.AccountProblem.class);
    thenStart().thenAnswer(404, "");
    assertThat(error(provider.upload("01BATCH.jsonl", payload("abc"))))
        .isInstanceOf(ProviderError.Retryable.class);
    assertThat(waits).isEmpty();
  }

  @Test
  void shortRateLimitIsWaitedForAndALongOneIsNot() {
    thenStart()
        .thenAnswer(429, "", "Retry-After: 5")
        .thenAnswer(200, "", ACTIVE, "X-Goog-Upload-Size-Received: 0")
        .then(finish(3));
    ok(provider.upload("01BATCH.jsonl", payload("abc")));
    assertThat(waits).containsExactly(Duration.ofSeconds(5));
    thenStart().thenAnswer(429, "", "Retry-After: 600");
    assertThat(error(provider.upload("01BATCH.jsonl", payload("abc"))))
        .isInstanceOf(ProviderError.RateLimited.class);
  }

  @Test
  void payloadThatBreaksOrLiesLeavesNoFile() {
    Payload broken =
        new Payload() {
          @Override
          public long length() {
            return 2L * CHUNK;
          }

          @Override
          public void writeTo(OutputStream sink) throws IOException {
            sink.write(new byte[CHUNK + 1]);
            throw new IOException("offset 7 is gone");
          }
        };
    thenStart().thenAnswer(200, "", ACTIVE);
    assertThat(error(provider.upload("01BATCH.jsonl", broken)))
        .isInstanceOf(ProviderError.PayloadUnreadable.class)
        .satisfies(e -> assertThat(e.message()).contains("offset 7 is gone"));
    for (long promised : new long[] {2, 4}) {
      thenStart();
      assertThat(error(provider.upload("01BATCH.jsonl", payload("abc", promised))))
          .isInstanceOf(ProviderError.PayloadUnreadable.class)
          .satisfies(e -> assertThat(e.message()).contains("promised"));
    }
    assertThat(commands()).noneMatch(command -> command.contains("finalize"));
  }

  @Test
  void interruptedUploadEndsAndKeepsTheFlag() {
    provider =
        GeminiFixture.provider(
            server.url(),
            wait -> {
              throw new InterruptedException();
            });
    thenStart().thenAnswer(503, "");
    assertThat(error(provider.upload("01BATCH.jsonl", payload("abc"))).code())
        .isEqualTo("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void nameThatIsTakenByTheSameFileIsThatFile() {
    server.thenAnswer(409, taken()).thenAnswer(200, file(NAME, 3));
    assertThat(ok(provider.upload("01BATCH.jsonl", payload("abc"))).id()).isEqualTo(NAME);
    server.thenAnswer(409, taken()).thenAnswer(200, file(NAME, 4));
    assertThat(error(provider.upload("01BATCH.jsonl", payload("abc"))))
        .isInstanceOf(ProviderError.Rejected.class);
  }

  @Test
  void nameThatCanNotBeHadIsLeftToGemini() {
    server.thenAnswer(409, taken()).thenAnswer(403, missing());
    thenStart().then(finish("files/theirs", 3));
    assertThat(ok(provider.upload("01BATCH.jsonl", payload("abc"))).id()).isEqualTo("files/theirs");
    server.thenAnswer(400, "{\"error\":{\"status\":\"INVALID_ARGUMENT\",\"message\":\"name\"}}");
    thenStart().then(finish("files/theirs", 3));
    ok(provider.upload("01BATCH.jsonl", payload("abc")));
    assertThat(server.seen().get(5).body()).doesNotContain("\"name\"");
  }

  @Test
  void startThatIsRefusedOrBrokenLeavesNothing() {
    server.thenAnswer(200, "");
    assertThat(error(provider.upload("01BATCH.jsonl", payload("abc"))))
        .isInstanceOf(ProviderError.Retryable.class);
    server.thenAnswer(
        429, "{\"error\":{\"status\":\"RESOURCE_EXHAUSTED\",\"message\":\"20 GB are full.\"}}");
    assertThat(error(provider.upload("01BATCH.jsonl", payload("abc"))))
        .isInstanceOf(ProviderError.QuotaExceeded.class);
  }

  @Test
  void nothingGoesToAnotherServer() throws IOException {
    try (ScriptedServer other = new ScriptedServer()) {
      server.thenAnswer(200, "", "X-Goog-Upload-Url: " + other.url() + "/session");
      assertThat(error(provider.upload("01BATCH.jsonl", payload("abc"))))
          .isInstanceOf(ProviderError.AccountProblem.class)
          .extracting(ProviderError::code)
          .isEqualTo("foreign_address");
      assertThat(other.seen()).isEmpty();
    }
  }

  private ScriptedServer thenStart() {
    return server.thenAnswer(200, "", "X-Goog-Upload-URL: " + server.url() + "/session?id=1");
  }

  private static Step finish(long bytes) {
    return finish(NAME, bytes);
  }

  private static Step finish(String name, long bytes) {
    return conversation -> {
      conversation.readBody();
      conversation.answer(200, "{\"file\":" + file(name, bytes) + "}", FINAL);
    };
  }

  private static String file(String name, long bytes) {
    return "{\"name\":\"%s\",\"displayName\":\"01BATCH.jsonl\",\"sizeBytes\":\"%d\",\"state\":\"ACTIVE\",\"createTime\":\"2026-11-24T12:00:00Z\"}"
        .formatted(name, bytes);
  }

  private static String taken() {
    return "{\"error\":{\"code\":409,\"status\":\"ALREADY_EXISTS\",\"message\":\"taken\"}}";
  }

  private static String missing() {
    return "{\"error\":{\"code\":403,\"status\":\"PERMISSION_DENIED\","
        + "\"message\":\"You do not have permission to access the File or it may not exist.\"}}";
  }

  private List<String> commands() {
    return server.seen().stream()
        .filter(seen -> seen.line().contains("/session"))
        .map(GeminiUploadTest::command)
        .toList();
  }

  private static String command(Seen seen) {
    String command = seen.header("x-goog-upload-command");
    return command.equals("query")
        ? command
        : command
            + " at "
            + seen.header("x-goog-upload-offset")
            + ": "
            + seen.header("content-length");
  }

  private byte[] received() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int call = 1; call < server.seen().size(); call++) {
      file.writeBytes(body(call));
    }
    return file.toByteArray();
  }

  private byte[] body(int call) {
    return server.seen().get(call).bytes();
  }
}
