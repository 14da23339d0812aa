package dev.offpeak.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderError.BadLine;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.provider.ProviderJob.Phase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiJobsTest {

  private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  @Test
  void everyFieldIsRead() {
    assertThat(
            read(
                """
                {"id":"b","status":"in_progress","created_at":100,"expires_at":86500,
                 "input_file_id":"i","output_file_id":"o","error_file_id":"e","unheard_of":{"x":1},
                 "request_counts":{"total":9,"completed":5,"failed":1}}
                """))
        .isEqualTo(
            new ProviderJob(
                "b",
                Phase.IN_PROGRESS,
                "in_progress",
                Instant.ofEpochSecond(100),
                Instant.ofEpochSecond(86_500),
                9,
                5,
                1,
                "i",
                "o",
                "e",
                null));
  }

  @ParameterizedTest
  @CsvSource({
    "validating, VALIDATING",
    "in_progress, IN_PROGRESS",
    "finalizing, FINALIZING",
    "cancelling, CANCELLING",
    "completed, COMPLETED",
    "expired, EXPIRED",
    "cancelled, CANCELLED",
    "failed, FAILED",
    "paused_some_day, IN_PROGRESS",
    "canceled, CANCELLED",
    "canceling, CANCELLING",
    "Completed, COMPLETED",
  })
  void statusIsTranslated(String status, Phase phase) {
    assertThat(read("{\"id\":\"b\",\"status\":\"" + status + "\"}").phase()).isEqualTo(phase);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 0, null, null",
    "3, 0, '\"\"', '\"\"'",
    "3, 0, null, '\"e\"'",
    "0, 3, null, null",
    "2, 1, '\"o\"', null",
    "0, 0, null, null",
    "-1, 1e30, null, null",
    "NaN, '\"many\"', null, null",
  })
  void completedIsFinalWhateverCountsAndFilesSay(
      String completed, String failed, String output, String error) {
    assertThat(
            read("{\"id\":\"b\",\"status\":\"completed\",\"output_file_id\":"
                    + output
                    + ",\"error_file_id\":"
                    + error
                    + ",\"request_counts\":{\"total\":3,\"completed\":"
                    + completed
                    + ",\"failed\":"
                    + failed
                    + "}}")
                .phase())
        .isEqualTo(Phase.COMPLETED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e30", "-5", "null", "\"soon\"", "NaN", "99999999999999999999", "{}"})
  void aTimeThatIsNoneIsTakenForNow(String time) {
    ProviderJob job =
        read(
            "{\"id\":\"b\",\"status\":\"in_progress\",\"created_at\":"
                + time
                + ",\"expires_at\":"
                + time
                + "}");
    assertThat(job.createdAt()).isEqualTo(NOW);
    assertThat(job.expiresAt()).isNull();
  }

  @Test
  void countsAreHeldToWhatCanBeCountedWith() {
    ProviderJob job =
        read(
            "{\"id\":\"b\",\"status\":\"completed\",\"request_counts\":{\"total\":"
                + "9".repeat(900)
                + ",\"completed\":-3,\"failed\":\"7\"}}");
    assertThat(job.total()).isZero();
    assertThat(job.succeeded()).isZero();
    assertThat(job.failed()).isEqualTo(7);
  }

  @Test
  void aStatusThatNobodyKnowsIsSaid() {
    assertThat(read("{\"id\":\"b\",\"status\":\"paused_some_day\"}").failure())
        .isInstanceOf(ProviderError.Retryable.class)
        .extracting(ProviderError::code)
        .isEqualTo("unknown_status");
    assertThat(read("{\"id\":\"b\",\"status\":\"in_progress\"}").failure()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{\"code\":\"mismatched_model\",\"message\":\"two\"}] | mismatched_model | two",
        "{\"code\":\"mismatched_model\",\"message\":\"two\"} | mismatched_model | two",
        "\"two models\" | unknown | two models",
        "null | batch_failed | the batch failed without a reason",
        "[null] | unknown | ''",
        "7 | batch_failed | the batch failed without a reason",
        "{\"data\":\"two models\"} | unknown | two models",
      })
  void reasonsAreReadInWhateverShapeTheyCome(String errors, String code, String message) {
    assertThat(read("{\"id\":\"b\",\"status\":\"failed\",\"errors\":" + errors + "}").failure())
        .isEqualTo(new ProviderError.Rejected(code, message));
  }

  @Test
  void aJobThatFailsForWantOfMoneyIsNoFaultOfItsLines() {
    assertThat(failure("{\"code\":\"billing_hard_limit_reached\",\"message\":\"pay\"}"))
        .isInstanceOf(ProviderError.AccountProblem.class);
  }

  @ParameterizedTest
  @CsvSource({"1e30", "-1e30", "-5", "99999999999999999999", "\"soon\"", "null", "[]"})
  void anyTimeIsTaken(String time) {
    ProviderJob job =
        read(
            "{\"id\":\"b\",\"status\":\"in_progress\",\"created_at\":%1$s,\"expires_at\":%1$s}"
                .formatted(time));
    assertThat(job.createdAt()).isBetween(Instant.EPOCH, Instant.parse("9999-12-31T23:59:59Z"));
  }

  @Test
  void fullQueueIsAQuota() {
    assertThat(
            failure(
                """
                {"code":"token_limit_exceeded","message":"Enqueued token limit reached","line":null}
                """))
        .isEqualTo(
            new ProviderError.QuotaExceeded(
                "token_limit_exceeded", "Enqueued token limit reached", null));
  }

  @Test
  void unknownFileMayBeTriedAgain() {
    assertThat(
            failure(
                """
                {"code":"invalid_request","message":"Cannot find file file-1","param":"file_id","line":null}
                """))
        .isEqualTo(new ProviderError.Retryable("invalid_request", "Cannot find file file-1"));
  }

  @Test
  void badLinesAreNamedFromZero() {
    assertThat(
            failure(
                """
                {"code":"missing_required_parameter","message":"no messages","param":"body.messages","line":1},
                {"code":"invalid_json_line","message":"not JSON","param":null,"line":7}
                """))
        .isEqualTo(
            new ProviderError.InvalidLines(
                "missing_required_parameter",
                "no messages",
                List.of(
                    new BadLine(0, "missing_required_parameter", "no messages"),
                    new BadLine(6, "invalid_json_line", "not JSON"))));
  }

  @Test
  void problemWithoutALineIsRejected() {
    assertThat(failure("{\"code\":\"mismatched_model\",\"message\":\"two models\",\"line\":null}"))
        .isEqualTo(new ProviderError.Rejected("mismatched_model", "two models"));
    assertThat(failure("")).isInstanceOf(ProviderError.Rejected.class);
  }

  @Test
  void answerThatIsNoBatchIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> read("{\"object\":\"list\"}"));
  }

  private static ProviderError failure(String errors) {
    ProviderJob job =
        read(
            "{\"id\":\"b\",\"status\":\"failed\",\"errors\":{\"object\":\"list\",\"data\":["
                + errors
                + "]}}");
    assertThat(job.phase()).isEqualTo(Phase.FAILED);
    return job.failure();
  }

  private static ProviderJob read(String batch) {
    try {
      return OpenAiJobs.read(JSON.readTree(batch), NOW);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
