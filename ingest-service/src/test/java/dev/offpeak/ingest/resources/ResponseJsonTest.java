package dev.offpeak.ingest.resources;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.ingest.batches.OutcomeLine;
import dev.offpeak.ingest.batches.OutcomeLine.End;
import dev.offpeak.ingest.http.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResponseJsonTest {

  @Test
  void aResponseStandsInItAsItCame() {
    assertThat(json(End.ANSWERED, "{\"candidates\": [1.0]}", "", ""))
        .isEqualTo("{\"response\":{\"candidates\": [1.0]}}");
  }

  @Test
  void anErrorOfTheProviderStaysItsOwnWithinAnAnswerOrNot() {
    String error = "{\"code\":429,\"message\":\"m\",\"status\":\"RESOURCE_EXHAUSTED\"}";

    assertThat(json(End.FAILED, error, "", "")).isEqualTo("{\"error\":" + error + "}");
    assertThat(json(End.FAILED, "{\"error\": " + error + "}", "", ""))
        .isEqualTo("{\"error\":" + error + "}");
  }

  @Test
  void otherErrorsHaveTheNumbersOfGoogle() {
    assertThat(json(End.FAILED, null, "unknown_model", "m"))
        .isEqualTo(
            "{\"error\":{\"code\":5,\"message\":\"m (unknown_model)\",\"status\":\"NOT_FOUND\"}}");
    assertThat(json(End.FAILED, null, "INVALID_ARGUMENT", "m"))
        .isEqualTo("{\"error\":{\"code\":3,\"message\":\"m\",\"status\":\"INVALID_ARGUMENT\"}}");
    assertThat(json(End.CANCELLED, null, "batch_cancelled", "m")).contains("\"code\":1,");
    assertThat(json(End.EXPIRED, null, "batch_expired", "m")).contains("\"code\":4,");
  }

  private static String json(End end, @Nullable String body, String code, String message) {
    byte[] bytes = body == null ? null : body.getBytes(UTF_8);
    OutcomeLine outcome = new OutcomeLine(0, "k", end, bytes, code, message);
    return new String(Json.object(json -> ResponseJson.write(json, outcome)), UTF_8);
  }
}
