package dev.offpeak.provider;

import static dev.offpeak.provider.server.Fixture.error;
import static dev.offpeak.provider.server.Fixture.ok;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.account.Timeouts;
import dev.offpeak.provider.adapter.BatchProviders;
import dev.offpeak.provider.server.Conversation;
import dev.offpeak.provider.server.Fixture;
import dev.offpeak.provider.server.ScriptedServer;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that no provider should give: each ends, is bounded, and says what was wrong. */
class HostileAnswersTest {

  /** As short as a busy machine allows for answers that are all there. */
  private static final Timeouts SHORT =
      new Timeouts(
          Duration.ofSeconds(20),
          Duration.ofSeconds(1),
          ByteSize.parse("1KiB"),
          Duration.ofMinutes(30));

  private final CountDownLatch over = new CountDownLatch(1);
  private ScriptedServer server;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
  }

  @AfterEach
  void stop() throws IOException {
    over.countDown();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "gemini"})
  void endlessAnswerIsCutOff(Provider provider) {
    server.then(endless("HTTP/1.1 200 OK\r\n\r\n{\"id\":\"", "x".repeat(100_000)));
    assertThat(error(adapter(provider).get("b1")))
        .isInstanceOf(ProviderError.Retryable.class)
        .extracting(ProviderError::code)
        .isEqualTo("answer_too_large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "gemini"})
  void answerThatWeighsTooMuchAsATreeIsRefused(Provider provider) {
    server.thenAnswer(200, "{\"data\":[" + "{},".repeat(1_000_000) + "{}]}");
    assertThat(error(adapter(provider).get("b1")))
        .isInstanceOf(ProviderError.Retryable.class)
        .extracting(ProviderError::code)
        .isEqualTo("unreadable_answer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "gemini"})
  void dripIsBrokenOff(Provider provider) throws IOException {
    saysWhereItsResultsAre(provider);
    server.then(
        conversation -> {
          conversation.head(200, 1_000_000);
          do {
            conversation.send(new byte[] {' '});
          } while (!over.await(50, TimeUnit.MILLISECONDS));
        });
    try (ResultStream stream = ok(adapter(provider).open(results(provider)))) {
      assertThatIOException()
          .isThrownBy(stream::next)
          .withMessageContaining("fewer than 1024 bytes within 1 s");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "gemini"})
  void compressedAnswerIsNotUnpacked(Provider provider) throws IOException {
    byte[] bomb = bomb();
    for (int i = 0; i < 2; i++) {
      server.then(
          conversation -> {
            conversation.head(200, bomb.length, "Content-Encoding: gzip");
            conversation.send(bomb);
          });
    }
    assertThat(error(adapter(provider).get("b1")))
        .isInstanceOf(ProviderError.Retryable.class)
        .satisfies(error -> assertThat(error.message()).contains("compressed (gzip)"));
    assertThat(error(adapter(provider).open(results(provider))).code())
        .isEqualTo("compressed_answer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "gemini"})
  void redirectIsNotFollowedAndSaysWhereto(Provider provider) throws IOException {
    try (ScriptedServer thief = new ScriptedServer()) {
      for (int i = 0; i < 3; i++) {
        server.thenAnswer(307, "", "Location: " + thief.url() + "/batches");
      }
      assertThat(error(adapter(provider).get("b1")))
          .isInstanceOf(ProviderError.Retryable.class)
          .satisfies(error -> assertThat(error.message()).contains(thief.url() + "/batches"));
      assertThat(error(adapter(provider).create(create(provider))))
          .isInstanceOf(ProviderError.Ambiguous.class);
      assertThat(error(adapter(provider).open(results(provider))).code()).isEqualTo("redirected");
      assertThat(thief.seen()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "gemini"})
  void wishToBeLeftAloneForYearsIsClamped(Provider provider) {
    server.thenAnswer(429, "{}", "Retry-After: 999999999");
    server.thenAnswer(429, "{}", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT");
    for (int i = 0; i < 2; i++) {
      assertThat(error(adapter(provider).get("b1")))
          .isInstanceOfSatisfying(
              ProviderError.RateLimited.class,
              limited -> assertThat(limited.after()).isEqualTo(SHORT.longestWait()));
    }
  }

  @Test
  void otherWaysToAskForYearsAreClampedToo() {
    server
        .thenAnswer(429, "{}", "x-ratelimit-reset-requests: 99999h0m0s")
        .thenAnswer(
            429,
            "{}",
            "anthropic-ratelimit-requests-remaining: 0",
            "anthropic-ratelimit-requests-reset: 9999-12-31T23:59:59Z")
        .thenAnswer(429, "{\"error\":{\"details\":[{\"retryDelay\":\"999999999s\"}]}}");
    for (Provider provider : List.of(Provider.OPENAI, Provider.ANTHROPIC, Provider.GEMINI)) {
      assertThat(error(adapter(provider).get("b1")))
          .isInstanceOfSatisfying(
              ProviderError.RateLimited.class,
              limited -> assertThat(limited.after()).isEqualTo(SHORT.longestWait()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "gemini"})
  void pageInPlaceOfAnAnswerIsQuoted(Provider provider) throws IOException {
    String page = "<!doctype html>\n<title>Sign in</title>" + "<p>please".repeat(10_000);
    server.thenAnswer(200, page).thenAnswer(200, page);
    assertThat(error(adapter(provider).get("b1")))
        .isInstanceOf(ProviderError.Retryable.class)
        .satisfies(
            error ->
                assertThat(error.message())
                    .contains("<title>Sign in</title>")
                    .hasSizeLessThan(700));
    assertThat(error(adapter(provider).create(create(provider))))
        .isInstanceOf(ProviderError.Ambiguous.class);
    saysWhereItsResultsAre(provider);
    server.thenAnswer(200, page);
    try (ResultStream stream = ok(adapter(provider).open(results(provider)))) {
      assertThatIOException().isThrownBy(stream::next).withMessageContaining("is a page");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "gemini"})
  void timesBeyondAllTimeAreAnUnreadableAnswerAtWorst(Provider provider) {
    for (String number : new String[] {"1e30", "9".repeat(5_000), "NaN", "-9223372036854775808"}) {
      server.thenAnswer(
          200,
          """
          {"id":"b1","name":"batches/b1","status":"completed","processing_status":"ended",
           "created_at":%1$s,"metadata":{"state":"BATCH_STATE_RUNNING","createTime":%1$s},
           "request_counts":{"total":%1$s,"completed":%1$s,"failed":%1$s}}\
          """
              .formatted(number));
      assertThat(adapter(provider).get("b1")).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "gemini"})
  void answerAboutAnotherJobIsNoAnswer(Provider provider) {
    for (int i = 0; i < 4; i++) {
      server.thenAnswer(
          200,
          """
          {"id":"b2","name":"batches/b2","status":"completed","processing_status":"ended",
           "output_file_id":"f2","results_url":"/v1/messages/batches/b2/results",
           "metadata":{"state":"BATCH_STATE_SUCCEEDED"},"response":{"responsesFile":"files/2"}}\
          """);
    }
    BatchProvider adapter = adapter(provider);
    String ours = provider.equals(Provider.GEMINI) ? "batches/b1" : "b1";
    List<Answer<?>> answers = new ArrayList<>(List.of(adapter.get(ours), adapter.cancel(ours)));
    if (!provider.equals(Provider.OPENAI)) {
      answers.add(adapter.open(new ResultSource(ours, ResultSource.Kind.JOB)));
    }
    assertThat(answers)
        .allSatisfy(
            answer ->
                assertThat(error(answer))
                    .isInstanceOf(ProviderError.Retryable.class)
                    .satisfies(
                        error -> {
                          assertThat(error.code()).isEqualTo("unreadable_answer");
                          assertThat(error.message()).contains("b2' and not about '" + ours + "'");
                        }));
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "gemini"})
  void stormsOfHeadersEnd(Provider provider) {
    server
        .then(endless("HTTP/1.1 200 OK\r\n", "X-Storm: " + "s".repeat(1_000) + "\r\n"))
        .then(endless("HTTP/1.1 200 OK\r\nX-One: ", "s".repeat(10_000)))
        .then(endless("", "HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n"));
    BatchProvider adapter = adapter(provider, shortAnswer());
    for (int i = 0; i < 3; i++) {
      assertThat(error(adapter.get("b1"))).isInstanceOf(ProviderError.Retryable.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "gemini"})
  void wrongLengthsAndChunksAreBrokenTransfers(Provider provider) throws IOException {
    server
        .then(raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"key\":\"a\"}\n"))
        .then(raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n"))
        .then(raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{}\n{"));
    for (int i = 0; i < 3; i++) {
      // Whether the head comes through first is up to the machine.
      if (adapter(provider).open(results(provider))
          instanceof Answer.Ok<ResultStream>(ResultStream stream)) {
        try (stream) {
          assertThatIOException().isThrownBy(() -> readAll(stream));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "gemini"})
  void answerThatNeverEndsIsGivenUp(Provider provider) {
    server.then(
        conversation -> {
          conversation.readBody();
          conversation.send("HTTP/1.1 200 OK\r\n\r\n{\"id\":\"b1\"".getBytes(UTF_8));
          over.await();
        });
    assertThat(error(adapter(provider, shortAnswer()).create(create(provider))))
        .isInstanceOf(ProviderError.Ambiguous.class)
        .extracting(ProviderError::code)
        .isEqualTo("timeout");
  }

  private static void readAll(ResultStream stream) throws IOException {
    while (stream.next() != null) {
      // Only the end matters.
    }
  }

  private ScriptedServer.Step raw(String answer) {
    return conversation -> conversation.send(answer.getBytes(UTF_8));
  }

  /** Sends the same again and again until nobody takes it any more. */
  private ScriptedServer.Step endless(String begin, String again) {
    byte[] bytes = again.getBytes(UTF_8);
    return (Conversation conversation) -> {
      conversation.send(begin.getBytes(UTF_8));
      while (over.getCount() > 0) {
        conversation.send(bytes);
      }
    };
  }

  /** A hundred megabytes of blanks in a hundred kilobytes. */
  private static byte[] bomb() {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      byte[] blanks = " ".repeat(1_000_000).getBytes(UTF_8);
      for (int i = 0; i < 100; i++) {
        gzip.write(blanks);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static Timeouts shortAnswer() {
    return new Timeouts(Duration.ofSeconds(1), SHORT.idle(), SHORT.slowest(), SHORT.longestWait());
  }

  private BatchProvider adapter(Provider provider) {
    return adapter(provider, SHORT);
  }

  private BatchProvider adapter(Provider provider, Timeouts timeouts) {
    AccountConfig config =
        AccountConfig.of(provider).withBaseUrl(server.url()).withKey(new Secret("test", "k"));
    return BatchProviders.of(
        Fixture.account(config),
        BatchProviders.newHttpClient(),
        Fixture.CLOCK,
        timeouts,
        CallListener.NONE);
  }

  private static ResultSource results(Provider provider) {
    return provider.equals(Provider.ANTHROPIC)
        ? new ResultSource("b1", ResultSource.Kind.JOB)
        : new ResultSource("files/o", ResultSource.Kind.OUTPUT_FILE);
  }

  private static CreateJob create(Provider provider) {
    return new CreateJob(
        "01BATCH",
        Lane.of(provider, "main", endpoint(provider), "model"),
        "files/in",
        Fixture.payload("{}"),
        1,
        Fixture.NOW);
  }

  private static String endpoint(Provider provider) {
    return switch (provider.id()) {
      case "openai" -> "/v1/chat/completions";
      case "anthropic" -> "/v1/messages";
      default -> "generateContent";
    };
  }

  /** Anthropic's batch itself is asked first: the address of its results stands there. */
  private void saysWhereItsResultsAre(Provider provider) {
    if (provider.equals(Provider.ANTHROPIC)) {
      server.thenAnswer(200, "{\"id\":\"b1\",\"processing_status\":\"ended\"}");
    }
  }
}
