package dev.offpeak.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.WireClient.Answer;
import dev.offpeak.simulator.anthropic.rules.AnthropicRules;
import dev.offpeak.simulator.fault.Hostility;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each hostile answer with each provider, as it is on the wire. */
class HostilityIT {
  private static final int ENOUGH = 3_000;
  private static final int PATIENCE_MS = 20_000;
  private static final int SILENCE_MS = 300;
  private static final Pattern LENGTH = Pattern.compile("Content-Length: (\\d+)");

  private static final String THREE = ":\\s*\"?3\\b";

  /** After what they send, these keep the connection. */
  private static final Set<Hostility> OPEN =
      EnumSet.of(
          Hostility.NEVER_ANSWERS,
          Hostility.HALF_ANSWER,
          Hostility.NEVER_CLOSED,
          Hostility.LENGTH_TOO_SHORT);

  /** What the first bytes of answers are that are no true ones, or are badly sent. */
  private static final Map<Hostility, String> BEGINNINGS =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(Hostility.ENDLESS_BODY, "(?s)HTTP/1.1 200 .*x{500}.*"),
              Map.entry(Hostility.ENDLESS_LINES, "(?s)HTTP/1.1 200 .*nobody.*\n.*nobody.*"),
              Map.entry(Hostility.GIANT_LINE, "(?s)HTTP/1.1 200 .*x{500}.*"),
              Map.entry(Hostility.NEVER_ANSWERS, ""),
              Map.entry(Hostility.REDIRECT_LOOP, "(?s)HTTP/1.1 307 .*ocation: http://127.0.0.1.*"),
              Map.entry(
                  Hostility.REDIRECT_ELSEWHERE, "(?s)HTTP/1.1 307 .*ocation: http://localhost.*"),
              Map.entry(Hostility.RETRY_IN_DECADES, "(?s)HTTP/1.1 429 .*-After: 999999999.*"),
              Map.entry(Hostility.RETRY_IN_9999, "(?s)HTTP/1.1 429 .*-After: Fri, 31 Dec 9999.*"),
              Map.entry(Hostility.RETRY_NEGATIVE, "(?s)HTTP/1.1 429 .*-After: -1.*"),
              Map.entry(Hostility.RETRY_NAN, "(?s)HTTP/1.1 429 .*-After: NaN.*"),
              Map.entry(Hostility.HTML, "(?s)HTTP/1.1 200 .*<!doctype html>.*"),
              Map.entry(Hostility.EMPTY, "(?s)HTTP/1.1 200 .*\r\n\r\n.?"),
              Map.entry(Hostility.WRONG_SHAPE, "(?s)HTTP/1.1 200 .*\"status\":\\[\\[\\]\\].*"),
              Map.entry(Hostility.GZIP_BOMB, "(?s)HTTP/1.1 200 .*ncoding: gzip.*\u001f\u008b.*"),
              Map.entry(Hostility.HEADER_STORM, "(?s)HTTP/1.1 200 .*X-Storm.*X-Storm.*"),
              Map.entry(Hostility.GIANT_HEADER, "(?s)HTTP/1.1 200 .*X-Giant: g{500}.*"),
              Map.entry(Hostility.INTERIM_STORM, "(?s)HTTP/1.1 103 .*HTTP/1.1 103 .*"),
              Map.entry(Hostility.HALF_ANSWER, "(?s)HTTP/1.1 200 .*\r\n\r\n\\{.*"),
              Map.entry(Hostility.NEVER_CLOSED, "(?s)HTTP/1.1 200 .*\\}"),
              Map.entry(Hostility.DRIP, "(?s)HTTP/1.1 200 .*\r\n\r\n.?"),
              Map.entry(Hostility.LENGTH_TOO_LONG, "(?s)HTTP/1.1 200 .*\\}"),
              Map.entry(Hostility.LENGTH_TOO_SHORT, "(?s)HTTP/1.1 200 .*\\}"),
              Map.entry(Hostility.GARBAGE_CHUNKS, "(?s)HTTP/1.1 200 .*\\{\r\nzz\r\n")));

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

  private void next(Probe probe, String call, Hostility hostility) throws IOException {
    JsonNode rules =
        probe
            .wire(root)
            .admin(
                "POST",
                "/faults",
                "{match: {call: %s}, do: {hostile: %s}, times: 1}".formatted(call, hostility));
    assertThat(rules.isArray()).as(rules.toString()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void answersAreNotWhatTheyShouldBe(Probe probe) throws IOException {
    for (Map.Entry<Hostility, String> mode : BEGINNINGS.entrySet()) {
      next(probe, "list_batches", mode.getKey());
      try (Socket socket = listed(probe)) {
        String seen = read(socket, mode.getValue());
        assertThat(seen).as("%s of %s", mode.getKey(), probe).matches(mode.getValue());
        if (OPEN.contains(mode.getKey())) {
          socket.setSoTimeout(SILENCE_MS);
          assertThatExceptionOfType(SocketTimeoutException.class)
              .as("%s of %s", mode.getKey(), probe)
              .isThrownBy(() -> socket.getInputStream().read());
        }
        checkLength(mode.getKey(), seen);
      }
    }
    assertThat(probe.listed(root)).isZero();
  }

  private static void checkLength(Hostility mode, String seen) {
    int body = seen.length() - seen.indexOf("\r\n\r\n") - 4;
    switch (mode) {
      case HALF_ANSWER, LENGTH_TOO_LONG -> assertThat(declared(seen)).isGreaterThan(body);
      case LENGTH_TOO_SHORT -> assertThat(declared(seen)).isLessThan(body);
      case NEVER_CLOSED -> assertThat(seen).doesNotContain("Content-Length");
      default -> {}
    }
  }

  private static int declared(String seen) {
    var length = LENGTH.matcher(seen);
    assertThat(length.find()).as(seen).isTrue();
    return Integer.parseInt(length.group(1));
  }

  /** A list of batches has been asked for. */
  private Socket listed(Probe probe) throws IOException {
    String path = probe == Probe.OPENAI ? "/v1/batches" : probe.listPath();
    StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
    request.append("Host: ").append(root.getAuthority()).append("\r\n");
    probe
        .wire(root)
        .headers()
        .forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
    Socket socket = new Socket(root.getHost(), root.getPort());
    socket.setSoTimeout(PATIENCE_MS);
    socket.getOutputStream().write(request.append("\r\n").toString().getBytes(UTF_8));
    return socket;
  }

  /** What came until it was that, or ended. */
  private static String read(Socket socket, String until) throws IOException {
    StringBuilder text = new StringBuilder();
    byte[] buffer = new byte[ENOUGH];
    while (text.length() < ENOUGH && !text.toString().matches(until)) {
      int read = socket.getInputStream().read(buffer, 0, ENOUGH);
      if (read < 0) {
        break;
      }
      text.append(new String(buffer, 0, read, ISO_8859_1));
    }
    return text.toString();
  }

  @ParameterizedTest
  @EnumSource
  void answersSaySomethingElse(Probe probe) throws IOException {
    String id = Probe.id(probe.create(root, 3));
    String plain = probe.ended(root, id).body();
    Map<Hostility, String> says =
        Map.of(
            Hostility.ODD_NUMBERS, probe == Probe.GEMINI ? "\\{" : "9{5000}",
            Hostility.UNKNOWN_STATUS, "\"rebalancing\"",
            Hostility.COUNTS_TOO_HIGH, ":\\s*\"?37\\b",
            Hostility.COUNTS_NEGATIVE, ":\\s*\"?-4\\b",
            Hostility.FILES_MISSING, "(output_file_id|results_url|responsesFile)\":\\s*null",
            Hostility.OTHER_ID, "of-another");
    for (Map.Entry<Hostility, String> mode : says.entrySet()) {
      next(probe, "get_batch", mode.getKey());
      assertThat(get(probe, id).body())
          .as("%s of %s, else %s", mode.getKey(), probe, plain)
          .containsPattern(mode.getValue());
    }
    next(probe, "get_batch", Hostility.COUNTS_TOO_LOW);
    assertThat(plain).containsPattern(THREE);
    assertThat(get(probe, id).body()).doesNotContainPattern(THREE);
    assertThat(get(probe, id).body()).isEqualTo(plain);
  }

  private Answer get(Probe probe, String id) throws IOException {
    return probe == Probe.GEMINI
        ? probe.wire(root).get("/v1beta/" + id)
        : probe.wire(root).get(probe.listPath() + "/" + id);
  }

  @ParameterizedTest
  @EnumSource
  void resultsAreNotWhatTheyShouldBe(Probe probe) throws IOException {
    JsonNode ended = probe.ended(root, Probe.id(probe.create(root, 3))).json();
    String plain = probe.results(root, ended).getFirst().body();
    for (Hostility mode :
        new Hostility[] {
          Hostility.FOREIGN_LINES, Hostility.DOUBLED_LINES, Hostility.CONTRADICTED_LINES
        }) {
      next(probe, "download_file", mode);
      assertThat(probe.results(root, ended).getFirst().body().lines())
          .as("%s", mode)
          .hasSize(6)
          .containsAll(plain.lines().toList());
    }
    next(probe, "download_file", Hostility.OTHER_LINES);
    assertThat(probe.results(root, ended).getFirst().body().lines())
        .hasSize(3)
        .allMatch(line -> line.contains("of-another"));
    next(probe, "download_file", Hostility.ODD_NUMBERS);
    assertThat(probe.results(root, ended).getFirst().body()).contains("9".repeat(5_000));
  }

  @ParameterizedTest
  @CsvSource({"OPENAI, true, 1", "ANTHROPIC, true, 1", "GEMINI, true, 1", "OPENAI, false, 0"})
  void createTakesEffectWhenItIsAskedTo(Probe probe, boolean afterEffect, int batches)
      throws IOException {
    probe
        .wire(root)
        .admin(
            "POST",
            "/faults",
            "{match: {call: create_batch}, do: {hostile: html, after_effect: %s}, times: 1}"
                .formatted(afterEffect));
    assertThat(probe.create(root, 3).body()).startsWith("<!doctype html>");
    assertThat(probe.listed(root)).isEqualTo(batches);
  }

  @Test
  void everyModeHasItsWordsInTheReadme() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    assertThat(Hostility.values())
        .allSatisfy(mode -> assertThat(readme).contains("`" + mode + "`"));
  }
}
