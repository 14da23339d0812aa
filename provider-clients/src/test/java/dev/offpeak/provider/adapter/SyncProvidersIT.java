package dev.offpeak.provider.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.Edition;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.provider.CallListener;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.SyncAnswer;
import dev.offpeak.provider.SyncCall;
import dev.offpeak.provider.SyncProvider;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.server.Fixture;
import dev.offpeak.runtime.config.Secret;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The synchronous APIs against the simulator. */
class SyncProvidersIT {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Map<Provider, String> ENDPOINTS =
      Map.of(
          Provider.OPENAI, "/v1/chat/completions",
          Provider.ANTHROPIC, "/v1/messages",
          Provider.GEMINI, "generateContent");
  private static final Map<Provider, String> MODELS =
      Map.of(
          Provider.OPENAI, "gpt-4o-mini",
          Provider.ANTHROPIC, "claude-haiku-4-5",
          Provider.GEMINI, "gemini-2.5-flash");

  private static Simulator simulator;
  private static HttpClient http;

  @BeforeAll
  static void start() throws IOException {
    simulator = Simulator.start(SimulatorConfig.defaults());
    http = BatchProviders.newHttpClient();
  }

  @AfterAll
  static void stop() throws IOException {
    http.shutdownNow();
    simulator.close();
  }

  @AfterEach
  void forgetFaults() throws Exception {
    send(HttpRequest.newBuilder(at("/_sim/faults")).DELETE().build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "gemini"})
  void anAnswerIsOneLineWithItsUsage(Provider provider) throws Exception {
    SyncAnswer answer = call(provider, "Say hello to " + provider);

    assertThat(answer)
        .isInstanceOfSatisfying(
            SyncAnswer.Done.class,
            done ->
                assertThat(done.line())
                    .isInstanceOfSatisfying(
                        ResultLine.Succeeded.class,
                        line -> {
                          assertThat(line.statusCode()).isEqualTo(200);
                          assertThat(line.model()).startsWith(MODELS.get(provider));
                          assertThat(line.usage().tokens().output()).isPositive();
                          assertThat(new String(line.body(), UTF_8))
                              .startsWith("{")
                              .endsWith("}")
                              .doesNotContain("\n");
                        }));
    assertThat(ledger())
        .contains("\"job\":\"sync\"", "\"custom_id\":\"op-1\"")
        .contains(provider.id());
  }

  @ParameterizedTest
  @CsvSource({
    "openai, /v1/embeddings, text-embedding-3-small,"
        + " '{\"model\":\"text-embedding-3-small\",\"input\":\"a\"}'",
    "gemini, embedContent, gemini-embedding-001, '{\"content\":{\"parts\":[{\"text\":\"a\"}]}}'",
    "openai, /v1/responses, gpt-4o-mini, '{\"model\":\"gpt-4o-mini\",\"input\":\"a\"}'"
  })
  void otherEndpointsAreCalledByTheirOwnNames(
      Provider provider, String endpoint, String model, String body) {
    SyncAnswer answer =
        provider(provider)
            .call(
                new SyncCall("op-1", endpoint, model, Edition.USUAL, body.getBytes(UTF_8), LIMIT));

    assertThat(answer)
        .isInstanceOfSatisfying(
            SyncAnswer.Done.class,
            done -> assertThat(done.line()).isInstanceOf(ResultLine.Succeeded.class));
  }

  @ParameterizedTest
  @CsvSource({
    "openai, invalid_request_error",
    "anthropic, invalid_request_error",
    "gemini, INVALID_ARGUMENT"
  })
  void anErrorOfTheRequestIsTheProvidersOwn(Provider provider, String code) {
    assertThat(call(provider, "[sim:fail=400]"))
        .isInstanceOfSatisfying(
            SyncAnswer.Done.class,
            done ->
                assertThat(done.line())
                    .isInstanceOfSatisfying(
                        ResultLine.Errored.class,
                        line -> {
                          assertThat(line.statusCode()).isEqualTo(400);
                          assertThat(line.code()).isEqualTo(code);
                          assertThat(line.message()).isNotBlank();
                          assertThat(line.verdict()).isEqualTo(ResultLine.Verdict.YOUR_INPUT);
                          assertThat(new String(line.body(), UTF_8)).contains("\"message\":");
                        }));
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "gemini"})
  void tooManyCallsAreTurnedDownUntilThen(Provider provider) throws Exception {
    fault("{problem: rate_limit, retry: {after_ms: 7000, as: seconds}}");

    assertThat(call(provider, "Say much"))
        .isInstanceOfSatisfying(
            SyncAnswer.TurnedDown.class,
            down -> assertThat(down.after()).isEqualTo(Duration.ofSeconds(7)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "gemini"})
  void aBadKeyIsTheAccounts(Provider provider) throws Exception {
    fault("{problem: bad_key}");

    assertThat(call(provider, "Say much"))
        .isInstanceOfSatisfying(
            SyncAnswer.Done.class,
            done ->
                assertThat(((ResultLine.Errored) done.line()).verdict())
                    .isEqualTo(ResultLine.Verdict.ACCOUNT));
  }

  @ParameterizedTest
  @CsvSource({"openai, InDoubt", "anthropic, TurnedDown", "gemini, InDoubt"})
  void overloadedIsInDoubtWhereItDoesNotSayThatNothingWasExecuted(Provider provider, String answer)
      throws Exception {
    fault("{problem: overloaded}");

    assertThat(call(provider, "Say much").getClass().getSimpleName()).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({"'{cut: true}'", "'{problem: server_error}'", "'{cut: true, after_effect: true}'"})
  void noClearAnswerIsInDoubt(String fault) throws Exception {
    fault(fault);

    assertThat(call(Provider.OPENAI, "Say it")).isInstanceOf(SyncAnswer.InDoubt.class);
  }

  @Test
  void anAnswerThatTakesTooLongIsInDoubt() throws Exception {
    fault("{hold_ms: 60000}");

    SyncAnswer answer =
        provider(Provider.OPENAI)
            .call(
                new SyncCall(
                    "op-1",
                    "/v1/chat/completions",
                    "gpt-4o-mini",
                    Edition.USUAL,
                    chat("x"),
                    Duration.ofMillis(300)));

    assertThat(answer)
        .isInstanceOfSatisfying(
            SyncAnswer.InDoubt.class, doubt -> assertThat(doubt.code()).isEqualTo("timeout"));
  }

  @Test
  void withoutAConnectionNothingWasExecuted() {
    SyncProvider nowhere = provider(Provider.OPENAI, URI.create("http://127.0.0.1:1/v1"));

    assertThat(
            nowhere.call(
                new SyncCall(
                    "op-1",
                    "/v1/chat/completions",
                    "gpt-4o-mini",
                    Edition.USUAL,
                    chat("x"),
                    LIMIT)))
        .isInstanceOfSatisfying(
            SyncAnswer.TurnedDown.class,
            down -> assertThat(down.code()).isEqualTo("connect_failed"));
  }

  private static SyncAnswer call(Provider provider, String prompt) {
    byte[] body =
        switch (provider.id()) {
          case "openai" -> chat(prompt);
          case "anthropic" ->
              ("{\"model\":\"claude-haiku-4-5\",\"max_tokens\":50,\"messages\":[{\"role\":\"user\",\"content\":\""
                      + prompt
                      + "\"}]}")
                  .getBytes(UTF_8);
          default ->
              ("{\"contents\":[{\"parts\":[{\"text\":\"" + prompt + "\"}]}]}").getBytes(UTF_8);
        };
    return provider(provider)
        .call(
            new SyncCall(
                "op-1", ENDPOINTS.get(provider), MODELS.get(provider), Edition.USUAL, body, LIMIT));
  }

  private static byte[] chat(String prompt) {
    return ("{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\""
            + prompt
            + "\"}]}")
        .getBytes(UTF_8);
  }

  private static SyncProvider provider(Provider provider) {
    return provider(
        provider, provider.equals(Provider.OPENAI) ? simulator.baseUri() : simulator.rootUri());
  }

  private static SyncProvider provider(Provider provider, URI url) {
    AccountConfig account =
        AccountConfig.of(provider).withBaseUrl(url).withKey(new Secret("test", "sk-test"));
    return BatchProviders.sync(
        Fixture.account(account), http, Fixture.CLOCK, LIMIT, CallListener.NONE);
  }

  private static void fault(String action) throws Exception {
    String rule = "- match: {call: sync}\n  do: " + action + "\n  times: 1\n";
    send(
        HttpRequest.newBuilder(at("/_sim/faults"))
            .POST(HttpRequest.BodyPublishers.ofString(rule))
            .build());
  }

  private static String ledger() throws Exception {
    return send(HttpRequest.newBuilder(at("/_sim/ledger")).build());
  }

  private static URI at(String path) {
    return simulator.rootUri().resolve(path);
  }

  private static String send(HttpRequest request) throws Exception {
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }
}
