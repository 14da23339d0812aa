package dev.offpeak.submitter.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.job.JobState;
import dev.offpeak.core.job.JobState.Creating;
import dev.offpeak.core.job.JobState.Ended;
import dev.offpeak.core.job.JobState.Header;
import dev.offpeak.core.job.JobState.Quarantined;
import dev.offpeak.core.job.JobState.Rest;
import dev.offpeak.core.job.JobState.Results;
import dev.offpeak.core.job.JobState.Sealed;
import dev.offpeak.core.job.JobState.Submitted;
import dev.offpeak.core.job.JobState.Unanswered;
import dev.offpeak.core.job.JobState.Uploaded;
import dev.offpeak.core.job.JobState.Uploading;
import dev.offpeak.core.job.Problem;
import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.outcome.JobEnd;
import dev.offpeak.core.provider.ProviderError.BadLine;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.InvalidLine;
import dev.offpeak.submitter.batch.AccountFingerprint;
import dev.offpeak.submitter.batch.BatchPlace;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JobRecordsTest {

  private static final Instant T = Instant.ofEpochMilli(1_790_000_000_123L);
  private static final Problem PROBLEM = new Problem("code", "message");
  private static final BatchPlace PLACE =
      new BatchPlace(
          "B1",
          3,
          42,
          "openai|main|gpt",
          Lane.of(Provider.OPENAI, "main", "/v1/responses", "gpt"),
          7,
          1_234,
          300,
          T.plusSeconds(5),
          T.minusSeconds(5));
  private static final AccountFingerprint MARK = new AccountFingerprint("http://host/v1", "abc");

  static Stream<JobState> states() {
    return Stream.of(
        new Sealed(new Header(0, T), null),
        new Sealed(new Header(2, T, PROBLEM), T.plusSeconds(1)),
        new Uploading(new Header(1, T)),
        new Uploading(new Header(1, T, PROBLEM)),
        new Uploaded(new Header(1, T, PROBLEM), "file-1"),
        new Uploaded(new Header(1, T, PROBLEM), "file-1", T.plusSeconds(3)),
        new Creating(new Header(2, T), "file-1"),
        new Creating(new Header(2, T, PROBLEM), "file-1", new Unanswered(T.plusSeconds(4), false)),
        new Creating(new Header(2, T), "file-1", new Unanswered(T.plusSeconds(4), true)),
        new Quarantined(new Header(3, T, PROBLEM), null, null, T.plusSeconds(6)),
        new Creating(new Header(2, T, PROBLEM), null),
        new Submitted(new Header(2, T), "file-1", "batch_1", "in_progress", T.plusSeconds(9), 3, 1),
        new Submitted(new Header(2, T, PROBLEM), null, "batch_1", "validating", null, 0, 0),
        new Quarantined(new Header(3, T, PROBLEM), "file-1", "batch_1"),
        new Quarantined(new Header(3, T, PROBLEM), null, null),
        new Ended(
            new Header(1, T, PROBLEM),
            JobEnd.As.CANCELLED,
            null,
            null,
            false,
            List.of(),
            Rest.ENDS));
  }

  /** What is recorded is all there is to know: the next owner is in the same state. */
  @ParameterizedTest
  @MethodSource("states")
  void aJobIsReadAsItWasRecorded(JobState state) {
    KnownJob job = new KnownJob(PLACE, MARK, state);

    assertThat(JobRecords.read(3, JobRecords.of(job))).isEqualTo(job);
  }

  @Test
  void theEndSaysWhereResultsStandAndWhichLinesAreBad() {
    Ended ended =
        new Ended(
            new Header(2, T, PROBLEM),
            JobEnd.As.FAILED,
            "file-1",
            new Results("batch_1", "failed", "out", "err", T.minusSeconds(1), 0, 0),
            true,
            List.of(new BadLine(4, "bad", "very bad")),
            Rest.SEALED_AGAIN);

    var record = EndRecords.of(new KnownJob(PLACE, MARK, ended), ended, List.of("B1.1"));

    assertThat(record.getBatchId()).isEqualTo("B1");
    assertThat(record.getBatchPartition()).isEqualTo(3);
    assertThat(record.getBatchOffset()).isEqualTo(42);
    assertThat(record.getAccountDigest()).isEqualTo("abc");
    assertThat(record.getBaseUrl()).isEqualTo("http://host/v1");
    assertThat(record.getEnded()).isEqualTo(EndedAs.FAILED);
    assertThat(record.getProviderJobId()).isEqualTo("batch_1");
    assertThat(record.getOutputFileId()).isEqualTo("out");
    assertThat(record.getErrorFileId()).isEqualTo("err");
    assertThat(record.getSubmittedAt()).isEqualTo(T.minusSeconds(1));
    assertThat(record.getRetryable()).isTrue();
    assertThat(record.getInvalidLines()).containsExactly(new InvalidLine(4, "bad", "very bad"));
    assertThat(record.getResealedAs()).containsExactly("B1.1");
  }
}
