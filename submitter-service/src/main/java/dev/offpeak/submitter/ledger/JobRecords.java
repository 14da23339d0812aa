package dev.offpeak.submitter.ledger;

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
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.outcome.JobEnd;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.submitter.batch.AccountFingerprint;
import dev.offpeak.submitter.batch.BatchPlace;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Jobs as records of llm.jobs, and back. */
public final class JobRecords {

  private static final Problem UNTOLD =
      new Problem(FailureCode.CREATE_IN_DOUBT.id(), "no reason was recorded");

  private JobRecords() {}

  /** The record of a job. */
  public static JobRecord of(KnownJob job) {
    BatchPlace place = job.place();
    JobState state = job.state();
    Problem problem = state.problem();
    JobRecord.Builder record =
        JobRecord.newBuilder()
            .setBatchId(place.batchId())
            .setBatchOffset(place.offset())
            .setScope(place.scope())
            .setLane(place.lane().id())
            .setProvider(place.lane().provider().id())
            .setAccount(place.lane().account())
            .setBaseUrl(job.mark().baseUrl())
            .setAccountDigest(job.mark().digest())
            .setEndpoint(place.lane().endpoint())
            .setModel(place.lane().model())
            .setRequests(place.requests())
            .setBytes(place.bytes())
            .setEstimatedTokens(place.tokens())
            .setDeadline(place.deadline())
            .setSealedAt(place.sealedAt())
            .setSince(state.since())
            .setTryNumber(state.attempt())
            .setNotBefore(state.waitsUntil())
            .setProblemCode(problem == null ? null : problem.code())
            .setProblem(problem == null ? null : problem.message());
    return fill(record, state).build();
  }

  private static JobRecord.Builder fill(JobRecord.Builder record, JobState state) {
    return switch (state) {
      case Sealed _ -> record.setState(JobStateName.SEALED);
      case Uploading _ -> record.setState(JobStateName.UPLOADING);
      case Uploaded uploaded ->
          record.setState(JobStateName.UPLOADED).setInputFileId(uploaded.inputFile());
      case Creating creating ->
          record
              .setState(JobStateName.CREATING)
              .setInputFileId(creating.inputFile())
              .setInputFileBurnt(creating.doubt() != null && creating.doubt().burnt());
      case Submitted job ->
          record
              .setState(JobStateName.SUBMITTED)
              .setInputFileId(job.inputFile())
              .setProviderJobId(job.jobId())
              .setProviderStatus(job.status())
              .setSubmittedAt(job.since())
              .setExpiresAt(job.expiresAt())
              .setDone(job.done())
              .setFailed(job.failed());
      case Quarantined doubt ->
          record
              .setState(JobStateName.QUARANTINED)
              .setInputFileId(doubt.inputFile())
              .setProviderJobId(doubt.jobId());
      case Ended ended -> fillEnded(record, ended);
    };
  }

  private static JobRecord.Builder fillEnded(JobRecord.Builder record, Ended ended) {
    record
        .setState(JobStateName.ENDED)
        .setInputFileId(ended.inputFile())
        .setEnded(EndedAs.valueOf(ended.as().name()));
    Results job = ended.job();
    return job == null
        ? record
        : record
            .setProviderJobId(job.jobId())
            .setProviderStatus(job.status())
            .setSubmittedAt(job.submittedAt())
            .setDone(job.done())
            .setFailed(job.failed());
  }

  /**
   * The job of a record. Of one that has ended only what llm.jobs holds: not where its results
   * stand and not its bad lines, which are in llm.completions.
   */
  public static KnownJob read(int partition, JobRecord record) {
    BatchPlace place =
        new BatchPlace(
            record.getBatchId(),
            partition,
            record.getBatchOffset(),
            record.getScope(),
            Lane.parse(record.getLane()),
            record.getRequests(),
            record.getBytes(),
            record.getEstimatedTokens(),
            record.getDeadline(),
            record.getSealedAt());
    AccountFingerprint mark =
        new AccountFingerprint(record.getBaseUrl(), record.getAccountDigest());
    return new KnownJob(place, mark, state(record));
  }

  private static JobState state(JobRecord record) {
    int attempt = record.getTryNumber();
    Problem problem = problem(record);
    return switch (record.getState()) {
      case SEALED ->
          new Sealed(new Header(attempt, record.getSince(), problem), record.getNotBefore());
      case UPLOADING -> new Uploading(new Header(attempt, record.getSince(), problem));
      case UPLOADED ->
          new Uploaded(
              new Header(attempt, record.getSince(), problem),
              present(record.getInputFileId()),
              record.getNotBefore());
      case CREATING ->
          new Creating(
              new Header(attempt, record.getSince(), problem),
              record.getInputFileId(),
              unanswered(record));
      case SUBMITTED ->
          new Submitted(
              new Header(attempt, record.getSince(), problem),
              record.getInputFileId(),
              present(record.getProviderJobId()),
              present(record.getProviderStatus()),
              record.getExpiresAt(),
              record.getDone(),
              record.getFailed());
      case QUARANTINED ->
          new Quarantined(
              new Header(attempt, record.getSince(), problem == null ? UNTOLD : problem),
              record.getInputFileId(),
              record.getProviderJobId(),
              record.getNotBefore());
      case ENDED -> ended(record, problem);
    };
  }

  private static @Nullable Unanswered unanswered(JobRecord record) {
    Instant settled = record.getNotBefore();
    return settled == null ? null : new Unanswered(settled, record.getInputFileBurnt());
  }

  private static Ended ended(JobRecord record, @Nullable Problem problem) {
    String jobId = record.getProviderJobId();
    Results job =
        jobId == null
            ? null
            : new Results(
                jobId,
                present(record.getProviderStatus()),
                null,
                null,
                record.getSubmittedAt() == null ? record.getSince() : record.getSubmittedAt(),
                record.getDone(),
                record.getFailed());
    return new Ended(
        new Header(record.getTryNumber(), record.getSince(), problem),
        JobEnd.As.valueOf(present(record.getEnded()).name()),
        record.getInputFileId(),
        job,
        false,
        List.of(),
        Rest.ENDS);
  }

  private static @Nullable Problem problem(JobRecord record) {
    String code = record.getProblemCode();
    if (code == null) {
      return null;
    }
    String message = record.getProblem();
    return new Problem(code, message == null ? "" : message);
  }

  private static <T> T present(@Nullable T field) {
    return Objects.requireNonNull(field, "a field that this state of a JobRecord must have");
  }
}
