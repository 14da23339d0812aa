package dev.offpeak.ingest.line;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class JsonSpanTest {

  private static final String LINE = "{\"a\": \"ä\", \"b\": {\"c\": [1, 2]}, \"d\": 3}";

  @Test
  void theValueAtTheEndOfThePathIsFoundByItsBytes() throws IOException {
    byte[] line = LINE.getBytes(UTF_8);

    JsonSpan span = Objects.requireNonNull(JsonSpan.of(line, "b", "c"));

    assertThat(new String(span.valueIn(line), UTF_8)).isEqualTo("[1, 2]");
  }

  @Test
  void allButAMemberIsKept() throws IOException {
    byte[] line = LINE.getBytes(UTF_8);

    JsonSpan span = Objects.requireNonNull(JsonSpan.of(line, "d"));

    assertThat(new String(span.cutFrom(line), UTF_8))
        .isEqualTo("{\"a\": \"ä\", \"b\": {\"c\": [1, 2]}}");
  }

  @Test
  void anotherEncodingHasNoSpans() {
    assertThatThrownBy(() -> JsonSpan.of(LINE.getBytes(UTF_16LE), "d"))
        .isInstanceOf(IOException.class);
  }
}
