package dev.offpeak.provider.anthropic;

import static dev.offpeak.provider.server.Fixture.error;
import static dev.offpeak.provider.server.Fixture.ok;
import static dev.offpeak.provider.server.Fixture.payload;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.offpeak.core.lane.Edition;
import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.provider.CreateRecovery.SearchKey;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.provider.ProviderJob.Phase;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.CallListener;
import dev.offpeak.provider.CreateJob;
import dev.offpeak.provider.Payload;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.ResultSource;
import dev.offpeak.provider.ResultStream;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.account.AuthHeader;
import dev.offpeak.provider.account.CompatibleConfig;
import dev.offpeak.provider.account.WireConfig;
import dev.offpeak.provider.adapter.BatchProviders;
import dev.offpeak.provider.server.Conversation;
import dev.offpeak.provider.server.Fixture;
import dev.offpeak.provider.server.ScriptedServer;
import dev.offpeak.provider.server.Seen;
import dev.offpeak.runtime.config.Secret;
import dev.offpeak.testkit.time.MutableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes over the wire, and what comes of the answers. */
class AnthropicProviderTest {

  private static final String BODY = "{\"requests\":[{\"custom_id\":\"op-1\",\"params\":{}}]}";

  private final MutableClock clock = new MutableClock(Fixture.NOW);
  private ScriptedServer server;
  private BatchProvider provider;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    provider = provider(config());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void createSendsThePayloadAsItsBody() {
    server.thenAnswer(200, batch("b1", "in_progress", 1));
    ProviderJob job = ok(provider.create(job(payload(BODY), 1)));
    assertThat(job.id()).isEqualTo("b1");
    assertThat(job.phase()).isEqualTo(Phase.IN_PROGRESS);
    Seen seen = server.seen().getFirst();
    assertThat(seen.line()).isEqualTo("POST /v1/messages/batches");
    assertThat(seen.header("authorization")).isEqualTo("Bearer sk-ant-secret");
    assertThat(seen.header("x-api-key")).isNull();
    assertThat(seen.header("anthropic-version")).isEqualTo("2023-06-01");
    assertThat(seen.header("content-type")).isEqualTo("application/json");
    assertThat(seen.header("content-length")).isEqualTo(String.valueOf(BODY.length()));
    assertThat(seen.header("transfer-encoding")).isNull();
    assertThat(seen.body()).isEqualTo(BODY);
  }

  @Test
  void keyAndWorkspaceGoAsConfigured() {
    server.thenAnswer(200, batch("b1", "in_progress", 1));
    AccountConfig plain = config();
    AccountConfig other =
        new AccountConfig(
            plain.provider(),
            plain.baseUrl(),
            plain.apiKey(),
            null,
            null,
            "wrkspc_1",
            plain.models(),
            plain.tenants(),
            plain.limits(),
            new WireConfig(AuthHeader.API_KEY, "2026-10-21", null, null, "one-1,two-2"),
            CompatibleConfig.LIKE_OPENAI,
            plain.calls());
    ok(provider(other).get("b1"));
    Seen seen = server.seen().getFirst();
    assertThat(seen.header("x-api-key")).isEqualTo("sk-ant-secret");
    assertThat(seen.header("authorization")).isNull();
    assertThat(seen.header("anthropic-version")).isEqualTo("2026-10-21");
    assertThat(seen.header("anthropic-beta")).isEqualTo("one-1,two-2");
    assertThat(seen.header("anthropic-workspace-id")).isEqualTo("wrkspc_1");
  }

  @Test
  void aCreateNamesTheVersionAndTheBetasOfItsLaneBesidesTheAccounts() {
    server.thenAnswer(200, batch("b1", "in_progress", 1));
    server.thenAnswer(200, batch("b1", "in_progress", 1));
    AccountConfig account = config();
    BatchProvider one =
        provider(
            new AccountConfig(
                account.provider(),
                account.baseUrl(),
                account.apiKey(),
                null,
                null,
                null,
                account.models(),
                account.tenants(),
                account.limits(),
                new WireConfig(null, "2023-06-01", null, null, "one-1"),
                CompatibleConfig.LIKE_OPENAI,
                account.calls()));
    Lane lane =
        new Lane(
            Provider.ANTHROPIC,
            "main",
            "/v1/messages",
            "",
            Edition.of("2026-10-21", List.of("two-2", "one-1")));

    ok(one.create(new CreateJob("01BATCH", lane, null, payload(BODY), 1, Fixture.NOW)));
    ok(one.get("b1"));

    Seen create = server.seen().getFirst();
    assertThat(create.header("anthropic-version")).isEqualTo("2026-10-21");
    assertThat(create.header("anthropic-beta")).isEqualTo("one-1,two-2");
    assertThat(server.seen().getLast().header("anthropic-version")).isEqualTo("2023-06-01");
    assertThat(server.seen().getLast().header("anthropic-beta")).isEqualTo("one-1");
  }

  @Test
  void createThatWasCutAfterItsBodyIsAmbiguousAndNotSentAgain() {
    server.then(Conversation::readBody).thenAnswer(200, batch("b1", "in_progress", 1));
    assertThat(error(provider.create(job(payload(BODY), 1))))
        .isInstanceOf(ProviderError.Ambiguous.class);
    assertThat(server.seen()).hasSize(1);
  }

  @Test
  void createThatWasCutBeforeTheEndOfItsBodyDidNothing() {
    server.then(
        conversation -> {
          conversation.skipBody(100_000);
          conversation.reset();
        });
    assertThat(error(provider.create(job(payload("x".repeat(20_000_000)), 1))))
        .isInstanceOf(ProviderError.Retryable.class);
  }

  @Test
  void payloadThatEndsEarlyMakesNoBatch() {
    server.then(conversation -> conversation.skipBody(conversation.length()));
    assertThat(error(provider.create(job(payload(BODY, BODY.length() + 1), 1))))
        .isInstanceOf(ProviderError.PayloadUnreadable.class);
  }

  @Test
  void candidatesOfALostCreateAreThoseOfItsTimeAndCount() {
    server
        .thenAnswer(
            200,
            page(
                true,
                "b4",
                batch("b5", "in_progress", 2, "2026-11-24T12:00:07Z"),
                batch("b4", "in_progress", 3, "2026-11-24T12:00:03Z")))
        .thenAnswer(
            200,
            page(
                true,
                "b2",
                batch("b3", "ended", 2, "2026-11-24T11:59:00Z"),
                batch("b2", "ended", 2, "2026-11-24T11:54:59Z")))
        .thenAnswer(200, page(true, "b1", batch("b1", "ended", 2, "2026-11-24T11:00:00Z")));
    assertThat(ok(provider.findJobs(job(payload(BODY), 2))))
        .extracting(ProviderJob::id)
        .containsExactly("b5", "b3");
    assertThat(server.seen())
        .extracting(Seen::line)
        .containsExactly(
            "GET /v1/messages/batches?limit=1000",
            "GET /v1/messages/batches?limit=1000&after_id=b4",
            "GET /v1/messages/batches?limit=1000&after_id=b2");
    assertThat(provider.recovery().key()).isEqualTo(SearchKey.TIME_AND_COUNT);
  }

  @Test
  void listThatCanNotBeReadProvesNothing() {
    server.thenAnswer(200, "{}");
    assertThat(error(provider.findJobs(job(payload(BODY), 2))))
        .isInstanceOf(ProviderError.Retryable.class);
  }

  @Test
  void cancelAndDeleteAreCallsOnTheBatch() {
    server
        .thenAnswer(200, batch("b1", "canceling", 2))
        .thenAnswer(200, "{\"id\":\"b1\",\"type\":\"message_batch_deleted\"}")
        .thenAnswer(404, notFound());
    assertThat(ok(provider.cancel("b1")).phase()).isEqualTo(Phase.CANCELLING);
    assertThat(ok(provider.delete("b1"))).isTrue();
    assertThat(ok(provider.delete("b1"))).isTrue();
    assertThat(server.seen())
        .extracting(Seen::line)
        .containsExactly(
            "POST /v1/messages/batches/b1/cancel",
            "DELETE /v1/messages/batches/b1",
            "DELETE /v1/messages/batches/b1");
  }

  @Test
  void batchThatIsNotFoundIsNotGoneBeforeMinutesHavePassed() {
    server.thenAnswer(404, notFound());
    assertThat(error(provider.get("b1")))
        .isInstanceOf(ProviderError.Retryable.class)
        .satisfies(e -> assertThat(e.message()).contains("not believed"));
    clock.advance(Duration.ofMinutes(9));
    server.thenAnswer(404, notFound());
    assertThat(error(provider.get("b1"))).isInstanceOf(ProviderError.Retryable.class);
    clock.advance(Duration.ofMinutes(1));
    server.thenAnswer(404, notFound());
    assertThat(error(provider.get("b1"))).isInstanceOf(ProviderError.Gone.class);
    server.thenAnswer(404, notFound());
    assertThat(error(provider.get("b1")))
        .as("what is believed is not doubted again")
        .isInstanceOf(ProviderError.Gone.class);
  }

  @Test
  void batchThatWasFoundInBetweenIsDoubtedAnew() {
    server.thenAnswer(404, notFound());
    assertThat(error(provider.get("b1"))).isInstanceOf(ProviderError.Retryable.class);
    clock.advance(Duration.ofMinutes(9));
    server.thenAnswer(200, batch("b1", "in_progress", 2));
    ok(provider.get("b1"));
    clock.advance(Duration.ofMinutes(9));
    server.thenAnswer(404, notFound());
    assertThat(error(provider.get("b1"))).isInstanceOf(ProviderError.Retryable.class);
  }

  @Test
  void resultsAreStreamedFromTheBatch() throws IOException {
    server.thenAnswer(200, batch("b1", "ended", 2));
    server.thenAnswer(
        200,
        "{\"custom_id\":\"op-1\",\"result\":{\"type\":\"expired\"}}\n"
            + "{\"custom_id\":\"op-2\",\"result\":{\"type\":\"canceled\"}}\n");
    try (ResultStream lines = ok(provider.open(results()))) {
      assertThat(lines.next()).isInstanceOf(ResultLine.Expired.class);
      assertThat(lines.next()).isInstanceOf(ResultLine.Canceled.class);
      assertThat(lines.next()).isNull();
    }
    assertThat(server.seen().getLast().line()).isEqualTo("GET /v1/messages/batches/b1/results");
    assertThat(server.seen().getLast().header("accept")).isEqualTo("application/x-jsonl");
  }

  @Test
  void resultsThatBreakOffKeepTheLinesBefore() throws IOException {
    CountDownLatch taken = new CountDownLatch(1);
    byte[] line = "{\"custom_id\":\"op-1\",\"result\":{\"type\":\"expired\"}}\n".getBytes(UTF_8);
    server.thenAnswer(200, batch("b1", "ended", 2));
    server.then(
        conversation -> {
          conversation.head(200, line.length * 2L);
          conversation.send(line);
          taken.await();
        });
    try (ResultStream lines = ok(provider.open(results()))) {
      assertThat(lines.next()).isInstanceOf(ResultLine.Expired.class);
      taken.countDown();
      assertThatIOException().isThrownBy(lines::next).withMessageContaining("broke off");
    }
  }

  @Test
  void resultsThatAreNotThereYetAreWaitedFor() {
    server.thenAnswer(200, batch("b1", "ended", 2)).thenAnswer(404, notFound());
    assertThat(error(provider.open(results()))).isInstanceOf(ProviderError.Retryable.class);
    clock.advance(Duration.ofMinutes(10));
    server.thenAnswer(200, batch("b1", "ended", 2)).thenAnswer(404, notFound());
    assertThat(error(provider.open(results()))).isInstanceOf(ProviderError.Gone.class);
  }

  @Test
  void archivedResultsAreGoneAtOnce() {
    server.thenAnswer(
        200,
        batch("b1", "ended", 2)
            .replace("\"archived_at\":null", "\"archived_at\":\"2026-11-24T00:00:00Z\""));
    assertThat(error(provider.open(results()))).isInstanceOf(ProviderError.Gone.class);
  }

  @ParameterizedTest
  @CsvSource({
    "/elsewhere/b1?sig=x, GET /elsewhere/b1?sig=x",
    "SERVER/other/results, GET /other/results",
    "https://evil.example/results, GET /v1/messages/batches/b1/results",
    "//evil.example/results, GET /v1/messages/batches/b1/results",
    "ftp://x y, GET /v1/messages/batches/b1/results",
  })
  void resultsAreFetchedFromWhereTheBatchSaysOnItsOwnServer(String url, String request)
      throws IOException {
    String address =
        url.replace("SERVER", server.url().resolve("/").toString().replaceAll("/$", ""));
    server
        .thenAnswer(
            200,
            batch("b1", "ended", 2)
                .replace(
                    "\"archived_at\":null",
                    "\"archived_at\":null,\"results_url\":\"" + address + "\""))
        .thenAnswer(200, "");

    try (ResultStream lines = ok(provider.open(results()))) {
      assertThat(lines.next()).isNull();
    }

    assertThat(server.seen().getLast().line()).isEqualTo(request);
    assertThat(server.seen().getLast().header("authorization")).isEqualTo("Bearer sk-ant-secret");
  }

  @Test
  void onlyAnEndedBatchHasResults() {
    server.thenAnswer(200, batch("b1", "in_progress", 2)).thenAnswer(200, batch("b1", "ended", 2));
    assertThat(provider.results(ok(provider.get("b1")))).isEmpty();
    assertThat(provider.results(ok(provider.get("b1")))).containsExactly(results());
  }

  @Test
  void batchThatWasGivenUpHasNoResultsToWaitFor() {
    ProviderJob givenUp =
        new ProviderJob(
            "b1",
            Phase.FAILED,
            "in_progress",
            Instant.EPOCH,
            null,
            2,
            0,
            0,
            null,
            null,
            null,
            null);
    assertThat(provider.results(givenUp)).isEmpty();
  }

  @Test
  void thereAreNoFiles() {
    assertThat(provider.recovery().uploadsFirst()).isFalse();
    assertThat(error(provider.upload("a", payload(BODY))))
        .isInstanceOf(ProviderError.Rejected.class);
    assertThat(ok(provider.findFiles("a"))).isEmpty();
  }

  private AccountConfig config() {
    return AccountConfig.of(Provider.ANTHROPIC)
        .withBaseUrl(server.url())
        .withKey(new Secret("test", "sk-ant-secret"));
  }

  private BatchProvider provider(AccountConfig config) {
    return BatchProviders.of(
        Fixture.account(config),
        BatchProviders.newHttpClient(),
        clock,
        Fixture.PATIENT,
        CallListener.NONE);
  }

  private static CreateJob job(Payload payload, int requests) {
    return new CreateJob(
        "01BATCH",
        Lane.of(Provider.ANTHROPIC, "main", "/v1/messages", ""),
        null,
        payload,
        requests,
        Fixture.NOW);
  }

  private static ResultSource results() {
    return new ResultSource("b1", ResultSource.Kind.JOB);
  }

  private static String notFound() {
    return "{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\",\"message\":\"Not"
        + " found\"}}";
  }

  private static String page(boolean more, String last, String... batches) {
    return "{\"data\":["
        + String.join(",", batches)
        + "],\"has_more\":"
        + more
        + ",\"first_id\":\"f\",\"last_id\":\""
        + last
        + "\"}";
  }

  private static String batch(String id, String status, int requests) {
    return batch(id, status, requests, "2026-11-24T12:00:01Z");
  }

  private static String batch(String id, String status, int requests, String created) {
    boolean ended = status.equals("ended");
    return "{\"id\":\""
        + id
        + "\",\"type\":\"message_batch\",\"processing_status\":\""
        + status
        + "\",\"request_counts\":{\"processing\":"
        + (ended ? 0 : requests)
        + ",\"succeeded\":"
        + (ended ? requests : 0)
        + ",\"errored\":0,\"canceled\":0,\"expired\":0},\"created_at\":\""
        + created
        + "\",\"archived_at\":null}";
  }
}
