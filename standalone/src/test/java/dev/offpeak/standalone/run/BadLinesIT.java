package dev.offpeak.standalone.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.standalone.node.Destination;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file with every kind of bad line among good ones. */
class BadLinesIT {

  private static final byte[] GARBAGE = {(byte) 0x80, 0x03, 0x00, (byte) 0xFF, (byte) 0xFE, 0x7F};
  private static final int OVER_LIMIT = (8 << 20) + 1;

  @TempDir Path folder;

  private final List<byte[]> lines = new ArrayList<>();

  @Test
  void eachBadLineIsOneFailureThatSaysWhyAndEveryGoodLineSucceeds() throws Exception {
    add("\uFEFF" + request("with-bom", "a byte order mark before the first line"));
    add(request("plain", "nothing special"));
    add("{\"custom_id\": \"broken\", \"method\": \"POST\", \"url\": \"/v1/chat");
    add(request("x", "no id").replace("\"custom_id\": \"x\", ", ""));
    add(request("twin", "the same"));
    add(request("twin", "the same"));
    add(request("plain", "the id of another"));
    add(request("model", "hm").replace("gpt-4o-mini", "mystery-9000"));
    add(request("stream", "hm").replace("\"model\"", "\"stream\": true, \"model\""));
    add(request("url", "hm").replace("/v1/chat/completions", "/v1/chat/complete"));
    add(request("long", "x".repeat(OVER_LIMIT)));
    lines.add(GARBAGE);
    add("{\"custom_id\": \"claude\", \"params\": {\"model\": \"claude-haiku-4-5\"}}");
    add("");
    add(request("windows", "a line that ends as on Windows") + "\r");
    add(request("emoji-🦉", "👩‍👩‍👧‍👦 → 🏳️‍🌈, \\ud83e\\udd89"));
    add(request("deep", "nested").replace("\"nested\"", "[".repeat(500) + "]".repeat(500)));
    add(request("i".repeat(64 << 10), "an id of 64 kB"));
    add(request("last", "no line feed behind it"));

    Ended ended = run();

    assertThat(ended).isEqualTo(Ended.SOME_FAILED);
    OutputLines output = OutputLines.of(folder.resolve("out"));
    assertThat(output.answeredIds())
        .containsExactlyInAnyOrder(
            "with-bom", "plain", "twin", "windows", "emoji-🦉", "deep", "last");
    assertThat(output.failures()).hasSize(10);
    fails(output, 2, "malformed_record", "");
    fails(output, 3, "invalid_custom_id", "custom_id");
    fails(output, 6, "custom_id_conflict", "another body");
    fails(output, 7, "unknown_model", "--models 'mystery-9000'");
    fails(output, 8, "unsupported_parameter", "stream");
    fails(output, 9, "unsupported_endpoint", "/v1/chat/complete");
    assertThat(output.failureOf("{\"custom_id\": \"claude\"").path("result").path("type").asText())
        .isEqualTo("errored");
    fails(output, 12, "provider_not_configured", "add anthropic to --provider");
    fails(output, 17, "invalid_custom_id", "512");
    tooLong(output);
    garbage(output);
  }

  private void fails(OutputLines output, int line, String code, String said) {
    String original = new String(lines.get(line), UTF_8);
    List<JsonNode> failures =
        output.failures().stream()
            .filter(failure -> OutputLines.original(failure).equals(original))
            .filter(failure -> !failure.path("offpeak").has("original_base64"))
            .toList();
    assertThat(failures).as("failures of line %s", line + 1).hasSize(1);
    assertThat(OutputLines.code(failures.getFirst())).isEqualTo(code);
    assertThat(failures.getFirst().path("offpeak").path("message").asText())
        .startsWith("in.jsonl:" + (line + 1) + ": ")
        .hasSizeGreaterThan(20)
        .contains(said);
  }

  private static void tooLong(OutputLines output) {
    JsonNode failure = output.failureOf("{\"custom_id\": \"long\"");
    assertThat(OutputLines.code(failure)).isEqualTo("request_too_large");
    assertThat(failure.path("offpeak").path("message").asText())
        .startsWith("in.jsonl:11: 'long': ")
        .contains("--line-limit");
    assertThat(failure.path("custom_id").asText()).isEqualTo("long");
  }

  private static void garbage(OutputLines output) {
    String bytes = Base64.getEncoder().encodeToString(GARBAGE);
    assertThat(output.failures())
        .filteredOn(
            failure -> failure.path("offpeak").path("original_base64").asText().equals(bytes))
        .extracting(OutputLines::code)
        .containsExactly("malformed_record");
  }

  private Ended run() throws Exception {
    RunOptions options =
        new RunOptions(
            List.of(input()),
            folder.resolve("out"),
            null,
            new Destination.Simulated(Map.of(Provider.OPENAI, List.of("gpt-*")), Map.of()),
            Asking.NOTHING,
            Deadlines.NONE,
            folder.resolve("state"),
            false,
            false,
            List.of("in.jsonl"),
            RunLimits.DEFAULT,
            false);
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
    return new Run(options, new RunConsole(out, false, out), Clock.systemUTC()).execute();
  }

  private Path input() throws IOException {
    Path file = folder.resolve("in.jsonl");
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < lines.size(); i++) {
        if (i > 0) {
          out.write('\n');
        }
        out.write(lines.get(i));
      }
    }
    return file;
  }

  private void add(String line) {
    lines.add(line.getBytes(UTF_8));
  }

  private static String request(String customId, String content) {
    return ("{\"custom_id\": \"%s\", \"method\": \"POST\", \"url\": \"/v1/chat/completions\","
            + " \"body\": {\"model\": \"gpt-4o-mini\", \"messages\":"
            + " [{\"role\": \"user\", \"content\": \"%s\"}]}}")
        .formatted(customId, content);
  }
}
