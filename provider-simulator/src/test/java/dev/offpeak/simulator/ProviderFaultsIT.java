package dev.offpeak.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.WireClient.Answer;
import dev.offpeak.simulator.anthropic.rules.AnthropicRules;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault with each provider. */
class ProviderFaultsIT {
  private Simulator simulator;
  private URI root;

  @BeforeEach
  void start() throws IOException {
    AnthropicRules atOnce =
        AnthropicRules.read("quirks: {hidden_after_create_ms: 0, late_results_ms: 0}");
    simulator = Simulator.start(SimulatorConfig.defaults().withAnthropic(atOnce));
    root = simulator.rootUri();
  }

  @AfterEach
  void stop() throws IOException {
    simulator.close();
  }

  private void fault(Probe probe, String rule) throws IOException {
    JsonNode answer = probe.wire(root).admin("POST", "/faults", rule);
    assertThat(answer.isArray()).as(answer.toString()).isTrue();
  }

  private void createFault(Probe probe, String then) throws IOException {
    fault(probe, "match: {call: create_batch, nth: 1}\ndo: " + then);
  }

  private JsonNode ended(Probe probe, Answer created) {
    return probe.ended(root, Probe.id(created)).json();
  }

  private int lines(Probe probe, JsonNode ended) throws IOException {
    int lines = 0;
    for (Answer answer : probe.results(root, ended)) {
      lines += answer.status() == 200 ? (int) answer.body().lines().count() : 0;
    }
    return lines;
  }

  @ParameterizedTest
  @EnumSource
  void aCreateIsCutAfterItsEffect(Probe probe) throws IOException {
    // Given
    createFault(probe, "{cut: true, after_effect: true}");
    // When / Then
    assertThatThrownBy(() -> probe.create(root, 3)).isInstanceOf(IOException.class);
    assertThat(probe.listed(root)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void anErrorComesBeforeTheEffect(Probe probe) throws IOException {
    // Given
    createFault(probe, "{problem: overloaded}");
    // When
    Answer answer = probe.create(root, 3);
    // Then
    assertThat(answer.status()).isBetween(500, 599);
    assertThat(probe.listed(root)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aCreateTakesEffectLongAfterItWasAnswered(Probe probe) throws IOException {
    // Given
    createFault(probe, "{problem: timeout, effect_after_ms: 300}");
    // When
    Answer answer = probe.create(root, 500);
    // Then
    assertThat(answer.status()).isEqualTo(504);
    assertThat(probe.listed(root)).isZero();
    await()
        .atMost(Duration.ofMinutes(5))
        .untilAsserted(() -> assertThat(probe.listed(root)).isEqualTo(1));
  }

  @ParameterizedTest
  @EnumSource
  void aCreateIsAnsweredLongAfterItTookEffect(Probe probe) throws IOException {
    // Given
    createFault(probe, "{hold_ms: 1500}");
    long begin = System.nanoTime();
    // When
    Thread caller = Thread.ofVirtual().start(() -> createQuietly(probe));
    await()
        .atMost(Duration.ofMinutes(5))
        .untilAsserted(() -> assertThat(probe.listed(root)).isEqualTo(1));
    boolean stillWaiting = caller.isAlive();
    await().atMost(Duration.ofMinutes(5)).until(() -> !caller.isAlive());
    // Then
    assertThat(stillWaiting).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(1490));
  }

  private void createQuietly(Probe probe) {
    try {
      probe.create(root, 3);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI, insufficient_funds, 429, insufficient_quota",
    "OPENAI, bad_key, 401, invalid_api_key",
    "OPENAI, rate_limit, 429, rate_limit_exceeded",
    "ANTHROPIC, insufficient_funds, 402, billing_error",
    "ANTHROPIC, overloaded, 529, overloaded_error",
    "ANTHROPIC, server_error, 500, api_error",
    "GEMINI, insufficient_funds, 400, FAILED_PRECONDITION",
    "GEMINI, rate_limit, 429, RESOURCE_EXHAUSTED",
    "GEMINI, bad_key, 400, API_KEY_INVALID",
    "GEMINI, forbidden, 403, PERMISSION_DENIED"
  })
  void aProblemIsSaidInTheProvidersOwnWords(Probe probe, String problem, int status, String word)
      throws IOException {
    // Given
    createFault(probe, "{problem: " + problem + "}");
    // When
    Answer answer = probe.create(root, 1);
    // Then
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).contains(word);
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI, seconds, retry-after, 8",
    "OPENAI, ms, retry-after-ms, 7500",
    "OPENAI, reset, x-ratelimit-reset-requests, 7500ms",
    "ANTHROPIC, seconds, retry-after, 8",
    "GEMINI, seconds, retry-after, 8"
  })
  void aRateLimitSaysInAHeaderWhenToTryAgain(Probe probe, String as, String header, String value)
      throws IOException {
    // Given
    createFault(probe, "{problem: rate_limit, retry: {after_ms: 7500, as: " + as + "}}");
    // When
    Answer answer = probe.create(root, 1);
    // Then
    assertThat(answer.header(header)).isEqualTo(value);
  }

  @ParameterizedTest
  @EnumSource
  void aRateLimitSaysTheDateWhenToTryAgain(Probe probe) throws IOException {
    // Given
    createFault(probe, "{problem: rate_limit, retry: {after_ms: 3600000, as: date}}");
    // When
    Answer answer = probe.create(root, 1);
    // Then
    ZonedDateTime date =
        ZonedDateTime.parse(answer.header("retry-after"), DateTimeFormatter.RFC_1123_DATE_TIME);
    assertThat(Duration.between(ZonedDateTime.now(date.getZone()), date))
        .isBetween(Duration.ofMinutes(58), Duration.ofMinutes(60));
  }

  @ParameterizedTest
  @EnumSource(names = "GEMINI")
  void geminiSaysItInTheBody(Probe probe) throws IOException {
    // Given
    createFault(probe, "{problem: rate_limit, retry: {after_ms: 34000, as: retry_info}}");
    // When
    Answer answer = probe.create(root, 1);
    // Then
    assertThat(answer.json().at("/error/details/0/retryDelay").textValue()).isEqualTo("34s");
  }

  @ParameterizedTest
  @EnumSource
  void aKeyIsRevokedWhileAJobRuns(Probe probe) throws IOException {
    // Given
    Answer created = probe.create(root, 3);
    fault(probe, "match: {call: list_batches, nth: 2}\ndo: {revoke_key: true}");
    // When
    int before = probe.wire(root).get(probe.listPath()).status();
    int after = probe.wire(root).get(probe.listPath()).status();
    int later = probe.wire(root).get(probe.listPath()).status();
    for (String key : List.of("sk-test", "sk-ant", "AIza-test")) {
      probe.wire(root).admin("POST", "/keys/restore", "{\"key\":\"" + key + "\"}");
    }
    // Then
    assertThat(before).isEqualTo(200);
    assertThat(after).isEqualTo(later).isIn(400, 401);
    assertThat(probe.state(ended(probe, created))).isEqualTo("completed");
  }

  @ParameterizedTest
  @EnumSource
  void aShareOfTheRequestsFails(Probe probe) throws IOException {
    // Given
    createFault(probe, "{job: {fail_share: 0.3, fail_status: 429}}");
    // When
    JsonNode ended = ended(probe, probe.create(root, 10));
    // Then
    assertThat(lines(probe, ended)).isEqualTo(10);
    assertThat(simulator.ledger().summary().linesExecuted()).isEqualTo(10);
    assertThat(simulator.ledger().summary().linesBilled()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({"OPENAI, 10", "ANTHROPIC, 10", "GEMINI, 0"})
  void somebodyElseCancelsAJobHalfWay(Probe probe, int lines) throws IOException {
    // Given
    createFault(probe, "{job: {cancel_at: 0.5}}");
    // When
    JsonNode ended = ended(probe, probe.create(root, 10));
    // Then
    assertThat(probe.state(ended)).isEqualTo("cancelled");
    assertThat(lines(probe, ended)).isEqualTo(lines);
    assertThat(simulator.ledger().summary().linesExecuted()).isEqualTo(5);
    assertThat(simulator.ledger().summary().linesBilled()).isEqualTo(lines / 2);
  }

  @ParameterizedTest
  @CsvSource({"OPENAI, 10", "ANTHROPIC, 10", "GEMINI, 0"})
  void aJobExpiresHalfWay(Probe probe, int lines) throws IOException {
    // Given
    createFault(probe, "{job: {expire_at: 0.5}}");
    // When
    JsonNode ended = ended(probe, probe.create(root, 10));
    // Then
    assertThat(probe.state(ended)).isEqualTo("expired");
    assertThat(lines(probe, ended)).isEqualTo(lines);
  }

  @ParameterizedTest
  @EnumSource
  void resultsAreLost(Probe probe) throws IOException {
    // Given
    createFault(probe, "{job: {lose_results: true}}");
    // When
    JsonNode ended = ended(probe, probe.create(root, 3));
    // Then
    assertThat(probe.results(root, ended).getFirst().status()).isIn(403, 404);
  }

  @ParameterizedTest
  @EnumSource
  void resultLinesAreMissingDoubledForeignOrTorn(Probe probe) throws IOException {
    // Given
    createFault(probe, "{job: {missing: 2, duplicate: 1, garbled: 1, foreign: 1}}");
    // When
    JsonNode ended = ended(probe, probe.create(root, 10));
    Answer results =
        await()
            .atMost(Duration.ofMinutes(5))
            .until(() -> probe.results(root, ended).getFirst(), a -> a.status() == 200);
    // Then
    assertThat(results.body().lines()).hasSize(10 - 2 + 1 + 1);
    assertThat(results.body().lines()).filteredOn(line -> line.contains("foreign-0")).hasSize(1);
    assertThat(results.body().lines()).filteredOn(line -> !line.endsWith("}")).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void aDownloadBreaksOffInTheMiddle(Probe probe) throws IOException {
    // Given
    JsonNode ended = ended(probe, probe.create(root, 10));
    await()
        .atMost(Duration.ofMinutes(5))
        .until(() -> probe.results(root, ended).getFirst().status() == 200);
    fault(probe, "match: {call: download_file, nth: 1}\ndo: {truncate_after: 100}");
    // When / Then
    assertThatThrownBy(() -> probe.results(root, ended)).isInstanceOf(IOException.class);
    assertThat(probe.results(root, ended).getFirst().body().lines()).hasSize(10);
  }
}
