package dev.offpeak.provider.openai;

import static dev.offpeak.provider.openai.OpenAiFixture.job;
import static dev.offpeak.provider.server.Fixture.IMPATIENT;
import static dev.offpeak.provider.server.Fixture.error;
import static dev.offpeak.provider.server.Fixture.ok;
import static dev.offpeak.provider.server.Fixture.payload;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.Payload;
import dev.offpeak.provider.ResultSource;
import dev.offpeak.provider.ResultStream;
import dev.offpeak.provider.server.Conversation;
import dev.offpeak.provider.server.ScriptedServer;
import dev.offpeak.provider.server.Seen;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What broken connections mean: never a success, never a hidden second create. */
class OpenAiBreakagesTest {

  private static final ResultSource OUTPUT =
      new ResultSource("file-o", ResultSource.Kind.OUTPUT_FILE);
  private static final int BIG = 20_000_000;

  private ScriptedServer server;
  private BatchProvider provider;
  private final CountDownLatch over = new CountDownLatch(1);

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    provider = OpenAiFixture.provider(server.url());
  }

  @AfterEach
  void stop() throws IOException {
    over.countDown();
    server.close();
  }

  @Test
  void refusedConnectionDidNothing() throws IOException {
    URI nobody = server.url();
    server.close();
    BatchProvider unreachable = OpenAiFixture.provider(nobody);
    assertThat(error(unreachable.create(job("file-1"))))
        .isInstanceOf(ProviderError.Retryable.class)
        .extracting(ProviderError::code)
        .isEqualTo("connect_failed");
    assertThat(error(unreachable.upload("a.jsonl", payload("{}\n"))))
        .isInstanceOf(ProviderError.Retryable.class);
  }

  @Test
  void connectionCutAfterTheCreateWasSentIsAmbiguousAndNotSentAgain() {
    server.then(Conversation::readBody).thenAnswer(200, "{\"id\":\"b\",\"status\":\"validating\"}");
    assertThat(error(provider.create(job("file-1")))).isInstanceOf(ProviderError.Ambiguous.class);
    assertThat(server.seen()).hasSize(1);
  }

  @Test
  void createIsNotSentAgainWhenAReusedConnectionIsClosed() {
    server
        .then(
            conversation -> {
              conversation.send(
                  "HTTP/1.1 200 OK\r\nContent-Length: 28\r\n\r\n{\"id\":\"b\",\"status\":\"failed\"}"
                      .getBytes(UTF_8));
              conversation.next().readBody();
            })
        .thenAnswer(200, "{\"id\":\"b2\",\"status\":\"validating\"}");
    ok(provider.get("b"));
    assertThat(error(provider.create(job("file-1")))).isInstanceOf(ProviderError.Ambiguous.class);
    assertThat(server.seen())
        .extracting(Seen::line)
        .containsExactly("GET /v1/batches/b", "POST /v1/batches");
  }

  @Test
  void resetAfterTheUploadWasSentIsAmbiguous() {
    server.then(
        conversation -> {
          conversation.readBody();
          conversation.reset();
        });
    assertThat(error(provider.upload("a.jsonl", payload("{}\n"))))
        .isInstanceOf(ProviderError.Ambiguous.class);
    assertThat(server.seen()).hasSize(1);
  }

  @Test
  void answerThatNeverComesIsAmbiguousForACreateOnly() {
    server.then(this::readAndWait).then(this::readAndWait);
    BatchProvider impatient = OpenAiFixture.provider(server.url(), IMPATIENT);
    assertThat(error(impatient.create(job("file-1"))))
        .isInstanceOf(ProviderError.Ambiguous.class)
        .extracting(ProviderError::code)
        .isEqualTo("timeout");
    assertThat(error(impatient.cancel("b"))).isInstanceOf(ProviderError.Retryable.class);
  }

  @Test
  void goodStatusWithAnUnreadableBodyIsAmbiguousForACreate() {
    server.thenAnswer(200, "<html>").thenAnswer(200, "{}").thenAnswer(200, "<html>");
    assertThat(error(provider.create(job("file-1")))).isInstanceOf(ProviderError.Ambiguous.class);
    assertThat(error(provider.create(job("file-1")))).isInstanceOf(ProviderError.Ambiguous.class);
    assertThat(error(provider.get("b"))).isInstanceOf(ProviderError.Retryable.class);
  }

  @Test
  void uploadCutHalfWayDidNothing() {
    server.then(
        conversation -> {
          conversation.skipBody(100_000);
          conversation.reset();
        });
    assertThat(error(provider.upload("a.jsonl", payload("x".repeat(BIG)))))
        .isInstanceOf(ProviderError.Retryable.class);
  }

  @Test
  void refusalBeforeTheEndOfTheUploadDidNothing() {
    server.then(
        conversation -> {
          conversation.skipBody(100_000);
          conversation.answer(401, "{\"error\":{\"code\":\"invalid_api_key\"}}");
          conversation.skipBody(conversation.length());
        });
    assertThat(error(provider.upload("a.jsonl", payload("x".repeat(BIG)))))
        .isInstanceOf(ProviderError.AccountProblem.class);
  }

  @Test
  void uploadThatStallsIsGivenUp() {
    server.then(
        conversation -> {
          conversation.skipBody(100_000);
          over.await();
        });
    BatchProvider impatient = OpenAiFixture.provider(server.url(), IMPATIENT);
    assertThat(error(impatient.upload("a.jsonl", payload("x".repeat(BIG)))))
        .isInstanceOf(ProviderError.Retryable.class)
        .satisfies(e -> assertThat(e.message()).contains("took no byte"));
  }

  @Test
  void payloadThatFailsCutsTheUploadBeforeItsDeclaredEnd() throws Exception {
    CompletableFuture<Boolean> complete = new CompletableFuture<>();
    server.then(
        conversation ->
            complete.complete(
                conversation.skipBody(conversation.length()) == conversation.length()));
    Payload broken =
        new Payload() {
          @Override
          public long length() {
            return 1_000_000;
          }

          @Override
          public void writeTo(OutputStream sink) throws IOException {
            sink.write(new byte[500_000]);
            throw new UncheckedIOException(new IOException("offset 7 is gone"));
          }
        };
    assertThat(error(provider.upload("a.jsonl", broken)))
        .isInstanceOf(ProviderError.PayloadUnreadable.class)
        .satisfies(e -> assertThat(e.message()).contains("offset 7 is gone"));
    assertThat(complete.get(5, TimeUnit.MINUTES)).isFalse();
  }

  @Test
  void payloadOfAnotherLengthThanPromisedIsNotAccepted() throws Exception {
    for (long promised : new long[] {5, 50}) {
      CompletableFuture<Boolean> complete = new CompletableFuture<>();
      server.then(
          conversation ->
              complete.complete(
                  conversation.skipBody(conversation.length()) == conversation.length()));
      assertThat(error(provider.upload("a.jsonl", payload("0123456789", promised))))
          .isInstanceOf(ProviderError.PayloadUnreadable.class)
          .satisfies(e -> assertThat(e.message()).contains("promised"));
      assertThat(complete.get(5, TimeUnit.MINUTES)).isFalse();
    }
  }

  @Test
  void interruptedCallerGetsAnAnswerAndKeepsItsFlag() {
    server.then(
        conversation -> {
          conversation.readBody();
          over.await();
        });
    Thread.currentThread().interrupt();
    ProviderError error = error(provider.create(job("file-1")));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(error.code()).isEqualTo("interrupted");
    assertThat(error).isInstanceOf(ProviderError.Ambiguous.class);
  }

  @Test
  void linesBeforeABreakOfTheDownloadStayValid() throws IOException {
    CountDownLatch taken = new CountDownLatch(1);
    byte[] line =
        "{\"custom_id\":\"op-1\",\"response\":{\"status_code\":200,\"body\":{\"data\":[1]}}}\n"
            .getBytes(UTF_8);
    server.then(
        conversation -> {
          conversation.head(200, line.length * 3L);
          conversation.send(line);
          conversation.send("{\"custom_id\":\"op-2\"".getBytes(UTF_8));
          taken.await();
        });
    try (ResultStream lines = ok(provider.open(OUTPUT))) {
      assertThat(lines.next()).isNotNull();
      taken.countDown();
      assertThatIOException().isThrownBy(lines::next).withMessageContaining("broke off");
    }
  }

  @Test
  void downloadThatStallsIsGivenUp() throws IOException {
    server.then(
        conversation -> {
          conversation.head(200, 100);
          conversation.send("{".getBytes(UTF_8));
          over.await();
        });
    BatchProvider impatient = OpenAiFixture.provider(server.url(), IMPATIENT);
    try (ResultStream lines = ok(impatient.open(OUTPUT))) {
      assertThatIOException().isThrownBy(lines::next).withMessageContaining("brought no byte");
    }
  }

  @Test
  void downloadOfAGoneFileSaysSo() {
    server.thenAnswer(404, "{\"error\":{\"message\":\"No such File object\"}}");
    assertThat(error(provider.open(OUTPUT))).isInstanceOf(ProviderError.Gone.class);
  }

  private void readAndWait(Conversation conversation) throws IOException, InterruptedException {
    conversation.readBody();
    over.await();
  }
}
