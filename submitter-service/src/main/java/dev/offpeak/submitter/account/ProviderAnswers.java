package dev.offpeak.submitter.account;

import dev.offpeak.core.job.FileState;
import dev.offpeak.core.job.Refusal;
import dev.offpeak.core.job.Refusal.BadLine;
import dev.offpeak.core.job.Refusal.Kind;
import dev.offpeak.core.job.SeenJob;
import dev.offpeak.provider.InputFile;
import dev.offpeak.provider.ProviderError;
import dev.offpeak.provider.ProviderError.LineProblem;
import dev.offpeak.provider.ProviderJob;
import java.util.List;

/** Answers of the provider port in the words of the job rules. */
public final class ProviderAnswers {

  private ProviderAnswers() {}

  /** A failed call. */
  public static Refusal refusal(ProviderError error) {
    return switch (error) {
      case ProviderError.Retryable e -> Refusal.of(Kind.RETRYABLE, e.code(), e.message());
      case ProviderError.RateLimited(var code, var message, var after) ->
          new Refusal(Kind.RATE_LIMITED, code, message, after, List.of());
      case ProviderError.Ambiguous e -> Refusal.of(Kind.AMBIGUOUS, e.code(), e.message());
      case ProviderError.QuotaExceeded(var code, var message, var after) ->
          new Refusal(Kind.QUEUE_FULL, code, message, after, List.of());
      case ProviderError.InvalidLines(var code, var message, var lines) ->
          new Refusal(Kind.INVALID_INPUT, code, message, null, badLines(lines));
      case ProviderError.AccountProblem e -> Refusal.of(Kind.ACCOUNT, e.code(), e.message());
      case ProviderError.Gone e -> Refusal.of(Kind.GONE, e.code(), e.message());
      case ProviderError.Rejected e -> Refusal.of(Kind.REJECTED, e.code(), e.message());
      case ProviderError.PayloadUnreadable e ->
          Refusal.of(Kind.PAYLOAD_UNREADABLE, e.code(), e.message());
    };
  }

  private static List<BadLine> badLines(List<LineProblem> lines) {
    return lines.stream()
        .map(line -> new BadLine(line.index(), line.code(), line.message()))
        .toList();
  }

  /** Whether a job can be made of a file; one that is only said to be there is tried. */
  public static FileState state(InputFile file) {
    return switch (file.state()) {
      case READY, UPLOADED -> FileState.READY;
      case PENDING -> FileState.PENDING;
      case FAILED -> FileState.FAILED;
    };
  }

  /** A job that the provider has shown. */
  public static SeenJob seen(ProviderJob job) {
    ProviderError failure = job.failure();
    return new SeenJob(
        job.id(),
        phase(job.phase()),
        job.status(),
        job.createdAt(),
        job.expiresAt(),
        job.succeeded(),
        job.failed(),
        job.inputFileId(),
        job.outputFileId(),
        job.errorFileId(),
        failure == null ? null : refusal(failure));
  }

  private static SeenJob.Phase phase(ProviderJob.Phase phase) {
    return switch (phase) {
      case VALIDATING -> SeenJob.Phase.VALIDATING;
      case IN_PROGRESS -> SeenJob.Phase.IN_PROGRESS;
      case FINALIZING -> SeenJob.Phase.FINALIZING;
      case CANCELLING -> SeenJob.Phase.CANCELLING;
      case COMPLETED -> SeenJob.Phase.COMPLETED;
      case EXPIRED -> SeenJob.Phase.EXPIRED;
      case CANCELLED -> SeenJob.Phase.CANCELLED;
      case FAILED -> SeenJob.Phase.FAILED;
    };
  }
}
