package dev.offpeak.ingest.batches;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.ingest.batches.OutcomeLine.End;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Lines as the gateway writes them, and as they are when outcomes are lines already. */
class OutcomeLineTest {

  @Test
  void anAnswerIsWhatTheProviderSaid() throws IOException {
    OutcomeLine line =
        read(
            "{\"id\":\"batch_req_0a_12\",\"custom_id\":\"c\",\"response\":{\"status_code\":200,"
                + "\"request_id\":\"r\",\"body\":{ \"x\" : 1 }},\"error\":null}",
            false);

    assertThat(line.number()).isEqualTo(12);
    assertThat(line.customId()).isEqualTo("c");
    assertThat(line.end()).isEqualTo(End.ANSWERED);
    assertThat(line.body()).asString(UTF_8).isEqualTo("{ \"x\" : 1 }");
  }

  @Test
  void aFailureSaysHowItEnded() throws IOException {
    assertThat(failure("batch_cancelled").end()).isEqualTo(End.CANCELLED);
    assertThat(failure("batch_expired").end()).isEqualTo(End.EXPIRED);
    assertThat(failure("unknown_model"))
        .isEqualTo(new OutcomeLine(3, "c", End.FAILED, null, "unknown_model", "m"));
  }

  private static OutcomeLine failure(String code) throws IOException {
    return read(
        "{\"id\":\"batch_req_0a_3\",\"custom_id\":\"c\",\"response\":null,\"error\":{\"code\":\""
            + code
            + "\",\"message\":\"m\"}}",
        true);
  }

  @Test
  void anErrorOverHttpIsAFailureWithABody() throws IOException {
    OutcomeLine line =
        read(
            "{\"id\":\"batch_req_0a_3\",\"custom_id\":\"c\",\"response\":{\"status_code\":400,"
                + "\"request_id\":\"r\",\"body\":{\"error\":{}}},\"error\":null}",
            true);

    assertThat(line.end()).isEqualTo(End.FAILED);
    assertThat(line.body()).asString(UTF_8).isEqualTo("{\"error\":{}}");
  }

  @Test
  void linesOfAProvidersFormAreRead() throws IOException {
    OutcomeLine message =
        read(
            "{\"custom_id\":\"c\",\"result\":{\"type\":\"succeeded\",\"message\":{\"m\":1}}}",
            false);
    OutcomeLine expired = read("{\"custom_id\":\"c\",\"result\":{\"type\":\"expired\"}}", true);
    OutcomeLine response = read("{\"key\":\"7\",\"response\":{\"r\":1},\"offpeak\":{}}", false);
    OutcomeLine error =
        read(
            "{\"key\":\"7\",\"error\":{\"code\":5,\"message\":\"m\",\"status\":\"NOT_FOUND\"}}",
            true);

    assertThat(message.body()).asString(UTF_8).isEqualTo("{\"m\":1}");
    assertThat(expired.end()).isEqualTo(End.EXPIRED);
    assertThat(response.body()).asString(UTF_8).isEqualTo("{\"r\":1}");
    assertThat(response.customId()).isEqualTo("7");
    assertThat(error.code()).isEqualTo("NOT_FOUND");
    assertThat(error.message()).isEqualTo("m");
  }

  private static OutcomeLine read(String line, boolean failed) throws IOException {
    return OutcomeLine.of(line.getBytes(UTF_8), failed);
  }
}
