package dev.offpeak.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.provider.ProviderJob.Phase;
import dev.offpeak.provider.server.Fixture;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicJobsTest {

  private static final String BATCH =
      """
      {"id":"msgbatch_013Zva2CMHLNnXjNJJKqJ2EF","type":"message_batch",
       "processing_status":"%s",
       "request_counts":{"processing":%d,"succeeded":%d,"errored":%d,"canceled":%d,"expired":%d},
       "created_at":"2026-08-20T18:37:24.100435Z","expires_at":"2026-08-21T18:37:24.100435Z",
       "ended_at":null,"cancel_initiated_at":%s,"archived_at":null,"results_url":null}\
      """;

  @ParameterizedTest
  @CsvSource({
    "in_progress, 10, 0, 0, 0, 0, false, IN_PROGRESS",
    "canceling,   10, 0, 0, 0, 0, true,  CANCELLING",
    "ended,        0, 9, 1, 0, 0, false, COMPLETED",
    "ended,        0, 0, 10, 0, 0, false, COMPLETED",
    "ended,        0, 5, 1, 0, 4, false, EXPIRED",
    "ended,        0, 0, 0, 0, 10, false, EXPIRED",
    "ended,        0, 4, 1, 5, 0, true,  CANCELLED",
    "ended,        0, 4, 1, 3, 2, true,  CANCELLED",
    "ended,        0, 9, 1, 0, 0, true,  COMPLETED",
    "paused,       0, 9, 1, 0, 0, false, IN_PROGRESS",
  })
  void countsTellHowItEnded(
      String status,
      int processing,
      int succeeded,
      int errored,
      int canceled,
      int expired,
      boolean cancelAsked,
      Phase phase)
      throws JsonProcessingException {
    String asked = cancelAsked ? "\"2026-08-20T19:00:00Z\"" : "null";
    ProviderJob job =
        read(BATCH.formatted(status, processing, succeeded, errored, canceled, expired, asked));
    assertThat(job.phase()).isEqualTo(phase);
    assertThat(job.status()).isEqualTo(status);
    assertThat(job.total()).isEqualTo(10);
    assertThat(job.succeeded()).isEqualTo(succeeded);
    assertThat(job.failed()).isEqualTo(errored);
  }

  @Test
  void timesAreRead() throws JsonProcessingException {
    ProviderJob job = read(BATCH.formatted("in_progress", 1, 0, 0, 0, 0, "null"));
    assertThat(job.id()).isEqualTo("msgbatch_013Zva2CMHLNnXjNJJKqJ2EF");
    assertThat(job.createdAt()).isEqualTo(Instant.parse("2026-08-20T18:37:24.100435Z"));
    assertThat(job.expiresAt()).isEqualTo(Instant.parse("2026-08-21T18:37:24.100435Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"id\":\"b\"}",
        "{\"processing_status\":\"ended\"}",
        "{\"processing_status\":\"ended\",\"created_at\":\"yesterday\"}",
      })
  void whatIsNoBatchIsRefused(String json) {
    assertThatIllegalArgumentException().isThrownBy(() -> read(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "\"yesterday\"", "1e30", "\"+999999999-12-31T23:59:59Z\"", "[]", "7"})
  void aTimeThatIsNoneIsTakenForNow(String time) throws JsonProcessingException {
    ProviderJob job =
        read(
            "{\"id\":\"b\",\"processing_status\":\"ended\",\"created_at\":"
                + time
                + ",\"expires_at\":"
                + time
                + "}");
    assertThat(job.createdAt()).isEqualTo(Fixture.NOW);
    assertThat(job.expiresAt()).isNull();
  }

  @Test
  void countsAreHeldToWhatCanBeCountedWith() throws JsonProcessingException {
    ProviderJob job =
        read(
            "{\"id\":\"b\",\"processing_status\":\"ended\",\"request_counts\":{"
                + "\"succeeded\":2147483647,\"errored\":2147483647,\"expired\":-7,"
                + "\"canceled\":1e300}}");
    assertThat(job.total()).isEqualTo(Integer.MAX_VALUE);
    assertThat(job.phase()).isEqualTo(Phase.COMPLETED);
  }

  private static ProviderJob read(String json) throws JsonProcessingException {
    return AnthropicJobs.read(new ObjectMapper().readTree(json), Fixture.NOW);
  }
}
