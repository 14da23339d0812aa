package dev.offpeak.standalone.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.LineShape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputLineTest {

  private static final String BODY = "{ \"id\" :\"é\",\"n\": 1.50 }";
  private static final String ANSWER =
      "{\"id\":\"batch_req_01ABC_7\",\"custom_id\":\"a\",\"response\":{\"status_code\":%d,"
          + "\"request_id\":\"r\",\"body\":"
          + BODY
          + "},\"error\":null}";
  private static final String REFUSAL =
      "{\"id\":\"batch_req_01ABC_2\",\"custom_id\":\"b\",\"response\":null,"
          + "\"error\":{\"code\":\"%s\",\"message\":\"why\"}}";

  @TempDir Path folder;

  private static String written(String line, LineShape shape) throws IOException {
    return new String(OutputLine.of(line.getBytes(UTF_8)).written(shape, "in.jsonl:9: "), UTF_8);
  }

  @Test
  void bodiesStandInTheShapeOfTheirProviderByteForByte() throws IOException {
    String answer = ANSWER.formatted(200);

    assertThat(OutputLine.of(answer.getBytes(UTF_8)).number()).isEqualTo(8);
    assertThat(written(answer, LineShape.OPENAI))
        .isEqualTo(
            "{\"custom_id\":\"a\",\"response\":{\"status_code\":200,\"body\":"
                + BODY
                + "},\"error\":null}");
    assertThat(written(answer, LineShape.ANTHROPIC))
        .isEqualTo(
            "{\"custom_id\":\"a\",\"result\":{\"type\":\"succeeded\",\"message\":" + BODY + "}}");
    assertThat(written(answer, LineShape.GEMINI))
        .isEqualTo("{\"key\":\"a\",\"response\":" + BODY + "}");
  }

  @Test
  void failuresSayWhereTheirLineStands() throws IOException {
    assertThat(written(ANSWER.formatted(400), LineShape.ANTHROPIC))
        .contains("\"type\":\"errored\",\"error\":" + BODY, "\"code\":\"http_400\"");
    assertThat(written(REFUSAL.formatted("batch_expired"), LineShape.ANTHROPIC))
        .contains("\"result\":{\"type\":\"expired\"}", "\"message\":\"in.jsonl:9: why\"");
    assertThat(written(REFUSAL.formatted("unknown_model"), LineShape.GEMINI))
        .startsWith("{\"key\":\"b\",\"error\":{\"code\":400,\"message\":\"why\"")
        .contains("\"offpeak\":{\"code\":\"unknown_model\"");
  }

  @Test
  void aFormHoldsOneLineForEachElement() throws IOException {
    Path list =
        Files.writeString(
            folder.resolve("a"), "[{\"x\":\n1},\n\n{\"y\":\"" + "z".repeat(99) + "\"}]");
    Path lines = Files.writeString(folder.resolve("b"), "{\"a\":1}\n\n{\"b\":2}");
    AtomicLong sent = new AtomicLong();

    try (InputStream form = Upload.of(List.of(list, lines), 50, sent::set)) {
      assertThat(new String(form.readAllBytes(), UTF_8))
          .startsWith("--offpeak-run\r\n")
          .contains("\r\n\r\n{\"x\": 1}\n{\"a\":1}\n{\"b\":2}\n\r\n--offpeak-run--");
    }
    assertThat(sent).hasValue(3);
    SentLines known = SentLines.of(List.of(list, lines), List.of("a", "b"), 50);
    assertThat(known.count()).isEqualTo(3);
    assertThat(known.tooLong()).hasSize(1);
    assertThat(List.of(known.where(1), known.where(2), known.where(3), known.where(4)))
        .containsExactly("a:1: ", "b:1: ", "b:3: ", "");
  }
}
