package dev.offpeak.provider.gemini;

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

class GeminiJobsTest {

  private static final String TYPE =
      "\"@type\":\"type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatch\"";
  private static final String FILE_RESPONSE =
      ",\"done\":true,\"response\":{\"responsesFile\":\"files/batch-abc\"}";
  private static final String STATS =
      "{\"requestCount\":\"9\",\"pendingRequestCount\":\"1\",\"successfulRequestCount\":\"7\","
          + "\"failedRequestCount\":\"1\"}";

  @Test
  void operationIsReadWithItsNumbersInStrings() throws JsonProcessingException {
    ProviderJob job = read(operation("BATCH_STATE_RUNNING", ""));
    assertThat(job.id()).isEqualTo("batches/abc");
    assertThat(job.phase()).isEqualTo(Phase.IN_PROGRESS);
    assertThat(job.status()).isEqualTo("BATCH_STATE_RUNNING");
    assertThat(job.total()).isEqualTo(9);
    assertThat(job.succeeded()).isEqualTo(7);
    assertThat(job.failed()).isEqualTo(1);
    assertThat(job.inputFileId()).isEqualTo("files/in");
    assertThat(job.outputFileId()).isNull();
    assertThat(job.createdAt()).isEqualTo(Instant.parse("2026-11-24T10:00:00.123456789Z"));
  }

  @Test
  void absentNumbersAreZero() throws JsonProcessingException {
    ProviderJob job =
        read("{\"name\":\"batches/abc\",\"metadata\":{\"state\":\"BATCH_STATE_PENDING\"}}");
    assertThat(job.total()).isZero();
    assertThat(job.phase()).isEqualTo(Phase.VALIDATING);
    assertThat(job.createdAt()).isEqualTo(Fixture.NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "PENDING, VALIDATING",
    "QUEUED, VALIDATING",
    "RUNNING, IN_PROGRESS",
    "PAUSED, IN_PROGRESS",
    "CANCELLING, CANCELLING",
    "CANCELLED, CANCELLED",
    "EXPIRED, EXPIRED",
    "FAILED, FAILED",
    "SUCCEEDED, COMPLETED",
    "PARTIALLY_SUCCEEDED, COMPLETED",
    "SOMETHING_NEW, IN_PROGRESS",
  })
  void statesAreReadInBothSpellings(String state, Phase phase) throws JsonProcessingException {
    assertThat(read(operation("BATCH_STATE_" + state, "")).phase()).isEqualTo(phase);
    assertThat(read(operation("JOB_STATE_" + state, "")).phase()).isEqualTo(phase);
  }

  @Test
  void successIsFinalAndTellsWhereItsResultsAre() throws JsonProcessingException {
    ProviderJob file = read(operation("BATCH_STATE_SUCCEEDED", FILE_RESPONSE));
    assertThat(file.phase()).isEqualTo(Phase.COMPLETED);
    assertThat(file.outputFileId()).isEqualTo("files/batch-abc");
    ProviderJob inline =
        read(
            operation(
                "BATCH_STATE_SUCCEEDED",
                ",\"done\":true,\"response\":{\"inlinedResponses\":{\"inlinedResponses\":[]}}"));
    assertThat(inline.phase()).isEqualTo(Phase.COMPLETED);
    assertThat(inline.outputFileId()).isNull();
    ProviderJob within =
        read(
            operation("BATCH_STATE_SUCCEEDED", "")
                .replace(
                    "\"state\"", "\"output\":{\"responsesFile\":\"files/batch-x\"},\"state\""));
    assertThat(within.outputFileId()).isEqualTo("files/batch-x");
    assertThat(within.phase()).isEqualTo(Phase.COMPLETED);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "BATCH_STATE_FAILED,      3, FAILED, Rejected",
        "BATCH_STATE_FAILED,      9, FAILED, Rejected",
        "BATCH_STATE_FAILED,      8, FAILED, QuotaExceeded",
        "BATCH_STATE_FAILED,     16, FAILED, AccountProblem",
        "BATCH_STATE_FAILED,     13, FAILED, Retryable",
        "BATCH_STATE_FAILED,     14, FAILED, Retryable",
        "BATCH_STATE_FAILED,      5, FAILED, Retryable",
        "BATCH_STATE_FAILED,      7, FAILED, Retryable",
        "BATCH_STATE_FAILED,      1, CANCELLED, -",
        "BATCH_STATE_CANCELLED,   1, CANCELLED, -",
        "BATCH_STATE_UNSPECIFIED, 1, CANCELLED, -",
        "BATCH_STATE_UNSPECIFIED, 3, FAILED, Rejected",
      })
  void errorTellsWhyAJobFailed(String state, int code, Phase phase, String failure)
      throws JsonProcessingException {
    ProviderJob job =
        read(
            operation(
                state,
                ",\"done\":true,\"error\":{\"code\":" + code + ",\"message\":\"line 3 is bad\"}"));
    assertThat(job.phase()).isEqualTo(phase);
    if (failure == null) {
      assertThat(job.failure()).isNull();
    } else {
      assertThat(job.failure().getClass().getSimpleName()).isEqualTo(failure);
      assertThat(job.failure().message()).isEqualTo("line 3 is bad");
    }
  }

  @ParameterizedTest
  @CsvSource({"EXPIRED, 0", "CANCELLED, 0", "RUNNING, 7", "SUCCEEDED, 7"})
  void answersThatAreNeverGivenAreNone(String state, int succeeded) throws JsonProcessingException {
    assertThat(read(operation("BATCH_STATE_" + state, "")).succeeded()).isEqualTo(succeeded);
  }

  @Test
  void cancelledJobMayGiveWhatItCameTo() throws JsonProcessingException {
    ProviderJob job = read(operation("BATCH_STATE_CANCELLED", FILE_RESPONSE));
    assertThat(job.succeeded()).isEqualTo(7);
    assertThat(job.outputFileId()).isEqualTo("files/batch-abc");
  }

  @Test
  void operationWithoutNameIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> read("{\"metadata\":{}}"));
  }

  private static String operation(String state, String more) {
    return "{\"name\":\"batches/abc\",\"metadata\":{"
        + TYPE
        + ",\"model\":\"models/gemini-2.5-flash\",\"displayName\":\"01BATCH\","
        + "\"inputConfig\":{\"fileName\":\"files/in\"},"
        + "\"createTime\":\"2026-11-24T10:00:00.123456789Z\",\"batchStats\":"
        + STATS
        + ",\"state\":\""
        + state
        + "\",\"name\":\"batches/abc\"}"
        + more
        + "}";
  }

  private static ProviderJob read(String json) throws JsonProcessingException {
    return GeminiJobs.read(new ObjectMapper().readTree(json), Fixture.NOW);
  }
}
