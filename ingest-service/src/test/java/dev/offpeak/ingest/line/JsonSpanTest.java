package dev.offpeak.ingest.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSpanTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"t\":\"batch\"}|{}",
        "{ \"t\" : \"batch\" , \"b\": 1.50}|{  \"b\": 1.50}",
        "{\"a\": [1, {\"t\": 2}] ,\\n \"t\":\"ba\\\"tch\"}|{\"a\": [1, {\"t\": 2}] }",
        "{\"é\":\"ü\",\"t\":{\"x\":[]},\"z\":0}|{\"é\":\"ü\",\"z\":0}"
      })
  void aMemberIsCutOutAndTheRestStaysAsItIs(String json, String rest) throws IOException {
    String given = json.replace("\\n", "\n");
    byte[] bytes = given.getBytes(UTF_8);

    JsonSpan span = Objects.requireNonNull(JsonSpan.of(bytes, "t"));

    assertThat(new String(span.cutFrom(bytes), UTF_8)).isEqualTo(rest.replace("\\n", "\n"));
  }

  @Test
  void aValueWithinIsFoundByItsPath() throws IOException {
    byte[] line =
        "{\"id\":1,\"response\":{\"status_code\":200,\"body\":{\"a\": [1.0]}},\"error\":null}"
            .getBytes(UTF_8);

    JsonSpan body = Objects.requireNonNull(JsonSpan.of(line, "response", "body"));

    assertThat(new String(body.valueIn(line), UTF_8)).isEqualTo("{\"a\": [1.0]}");
    JsonSpan status = Objects.requireNonNull(JsonSpan.of(line, "response", "status_code"));
    assertThat(new String(status.valueIn(line), UTF_8)).isEqualTo("200");
    assertThat(JsonSpan.of(line, "response", "none")).isNull();
    assertThat(JsonSpan.of(line, "error", "code")).isNull();
  }
}
