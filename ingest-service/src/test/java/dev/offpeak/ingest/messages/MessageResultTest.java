package dev.offpeak.ingest.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.ingest.batches.OutcomeLine;
import dev.offpeak.ingest.batches.OutcomeLine.End;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageResultTest {

  @Test
  void aMessageStandsInItAsItCame() throws IOException {
    assertThat(line(End.ANSWERED, "{\"id\": 1.0e5 ,\"content\":[]}", "", ""))
        .isEqualTo(
            "{\"custom_id\":\"a\",\"result\":{\"type\":\"succeeded\",\"message\":{\"id\": 1.0e5"
                + " ,\"content\":[]}}}\n");
  }

  @Test
  void anErrorOfTheProviderStaysItsOwn() throws IOException {
    String said =
        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"x\"},\"request_id\":\"r\"}";

    assertThat(line(End.FAILED, said, "overloaded_error", "x"))
        .isEqualTo(
            "{\"custom_id\":\"a\",\"result\":{\"type\":\"errored\",\"error\":" + said + "}}\n");
  }

  @Test
  void anErrorOfOursHasTheShapeOfTheirs() throws IOException {
    assertThat(line(End.FAILED, null, "unknown_model", "nobody has it"))
        .contains("\"type\":\"errored\",\"error\":{\"type\":\"error\",\"error\":{")
        .contains("\"type\":\"not_found_error\",\"message\":\"nobody has it (unknown_model)\"");
    assertThat(line(End.FAILED, null, "invalid_request_error", "no"))
        .contains("\"type\":\"invalid_request_error\",\"message\":\"no\"");
    assertThat(line(End.FAILED, "{\"detail\":\"a proxy\"}", "unclear_result", "odd"))
        .contains("\"type\":\"api_error\",\"message\":\"odd (unclear_result)\"");
    assertThat(line(End.FAILED, null, "invalid_field", "no"))
        .contains("\"type\":\"invalid_request_error\"");
  }

  @Test
  void whatWasNotExecutedSaysNoMore() throws IOException {
    assertThat(line(End.CANCELLED, null, "batch_cancelled", "x"))
        .isEqualTo("{\"custom_id\":\"a\",\"result\":{\"type\":\"canceled\"}}\n");
    assertThat(line(End.EXPIRED, null, "batch_expired", "x"))
        .isEqualTo("{\"custom_id\":\"a\",\"result\":{\"type\":\"expired\"}}\n");
  }

  private static String line(End end, @Nullable String body, String code, String message)
      throws IOException {
    byte[] bytes = body == null ? null : body.getBytes(UTF_8);
    return new String(MessageResult.of(new OutcomeLine(0, "a", end, bytes, code, message)), UTF_8);
  }
}
