package dev.offpeak.ingest.batches;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.schemas.avro.GatewayBatchError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class InputCheckTest {

  private static final String CHAT = "/v1/chat/completions";

  @Test
  void aGoodFileHasItsLinesCountedAndItsModelNamed() throws IOException {
    InputCheck.Found found =
        check("\uFEFF" + line("a", CHAT, "gpt-4o") + "\r\n\n" + line("b", CHAT, "gpt-4o"));

    assertThat(found.errors()).isEmpty();
    assertThat(found.lines()).isEqualTo(2);
    assertThat(found.model()).isEqualTo("gpt-4o");
    assertThat(check(line("a", CHAT, "x") + "\n" + line("b", CHAT, "y")).model()).isNull();
  }

  @Test
  void eachBadLineIsNamedByItsNumber() throws IOException {
    InputCheck.Found found =
        check(
            line("a", CHAT, "gpt-4o")
                + "\nno json\n\n"
                + line("a", CHAT, "gpt-4o")
                + "\n"
                + line("c", "/v1/embeddings", "gpt-4o")
                + "\n"
                + "x".repeat(2_000));

    assertThat(found.errors())
        .extracting(GatewayBatchError::getLine)
        .containsExactly(2L, 4L, 5L, 6L);
    assertThat(found.errors())
        .extracting(GatewayBatchError::getCode)
        .containsExactly(
            "malformed_record", "duplicate_custom_id", "mismatched_url", "request_too_large");
  }

  @Test
  void anEmptyFileAndNoMoreThanAHundredErrorsAreSaid() throws IOException {
    assertThat(check("\n\n").errors())
        .extracting(GatewayBatchError::getCode)
        .containsExactly("empty_file");
    assertThat(check("bad\n".repeat(500)).errors()).hasSize(100);
  }

  @Test
  void manyIdsAreToldApart() {
    IdSet ids = new IdSet();
    for (int i = 0; i < 200_000; i++) {
      assertThat(ids.add("request-" + i)).isTrue();
    }
    assertThat(ids.add("request-77777")).isFalse();
  }

  private static InputCheck.Found check(String text) throws IOException {
    return new InputCheck(CHAT, new RecordHeaders(), 1_000)
        .of(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private static String line(String id, String url, String model) {
    String asked =
        url.equals(CHAT)
            ? "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]"
            : "\"input\":\"x\"";
    return "{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"%s\",\"body\":{\"model\":\"%s\",%s}}"
        .formatted(id, url, model, asked);
  }
}
