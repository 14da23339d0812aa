package dev.offpeak.standalone.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The lines of an output file. */
record OutputLines(List<JsonNode> all) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static OutputLines of(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return new OutputLines(lines.map(OutputLines::read).toList());
    }
  }

  private static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  /** Answers, in the order of the file. */
  List<JsonNode> answers() {
    return all.stream().filter(line -> !isFailure(line)).toList();
  }

  /** Failures, in the order of the file. */
  List<JsonNode> failures() {
    return all.stream().filter(OutputLines::isFailure).toList();
  }

  /** Custom ids of answers, in the order of the file. */
  List<String> answeredIds() {
    return answers().stream().map(line -> id(line)).toList();
  }

  /** The failure whose original line begins so. */
  JsonNode failureOf(String start) {
    return failures().stream()
        .filter(line -> original(line).startsWith(start))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no failure of a line that begins with " + start));
  }

  /** In the shape of every provider. */
  private static boolean isFailure(JsonNode line) {
    return line.path("offpeak").has("code");
  }

  /** Gemini's lines have a key for an id. */
  private static String id(JsonNode line) {
    return line.path(line.has("key") ? "key" : "custom_id").textValue();
  }

  static String original(JsonNode failure) {
    return failure.path("offpeak").path("original").asText();
  }

  static String code(JsonNode failure) {
    return failure.path("offpeak").path("code").asText();
  }
}
