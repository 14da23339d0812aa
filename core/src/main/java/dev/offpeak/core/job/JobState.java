package dev.offpeak.core.job;

import dev.offpeak.core.job.Refusal.BadLine;
import dev.offpeak.core.outcome.JobEnd;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the provider job of one batch stands, as it is recorded in llm.jobs:
 *
 * <pre>
 * Sealed → Uploading → Uploaded → Creating → Submitted → Ended
 *                                     ↘ Quarantined ↗
 * </pre>
 *
 * <p>Uploading and Creating are intents: they are recorded before the call, so that whoever finds
 * one of them knows that the call may have been made. A job goes back to Sealed when it is certain
 * that nothing of its attempt can run any more.
 */
public sealed interface JobState {

  /** Number of the latest attempt to submit the batch, from 1; 0 before the first. */
  int attempt();

  /** When this state was entered, or its intent renewed. */
  Instant since();

  /** Why it waits, has failed or is in doubt; null when all is well. */
  @Nullable Problem problem();

  /** The latest end of what it waits for now, as far as that is known; it outlives a restart. */
  default @Nullable Instant waitsUntil() {
    return switch (this) {
      case Sealed sealed -> sealed.notBefore();
      case Uploaded uploaded -> uploaded.notBefore();
      case Creating creating -> creating.doubt() == null ? null : creating.doubt().settled();
      case Quarantined quarantined -> quarantined.settled();
      case Uploading _, Submitted _, Ended _ -> null;
    };
  }

  /**
   * The same where nothing can follow it. A create in doubt is searched on after its input file was
   * deleted.
   */
  default @Nullable Instant waitsAtMostUntil() {
    boolean firstSearch =
        this instanceof Creating creating
            && creating.inputFile() != null
            && creating.doubt() != null
            && !creating.doubt().burnt();
    return firstSearch ? null : waitsUntil();
  }

  /**
   * It waits for its turn; nothing of it runs at the provider.
   *
   * @param notBefore held back until then, if at all
   */
  record Sealed(int attempt, Instant since, @Nullable Instant notBefore, @Nullable Problem problem)
      implements JobState {}

  /** Its input file may be at the provider, whole or not. */
  record Uploading(int attempt, Instant since, @Nullable Problem problem) implements JobState {}

  /**
   * Its input file is at the provider, no job has been asked for.
   *
   * @param notBefore held back until then, if at all
   */
  record Uploaded(
      int attempt,
      Instant since,
      String inputFile,
      @Nullable Instant notBefore,
      @Nullable Problem problem)
      implements JobState {

    /** The code of a problem that says that the provider is still reading the input file. */
    public static final String FILE_PENDING = "file_pending";

    /** Not held back. */
    public Uploaded(int attempt, Instant since, String inputFile, @Nullable Problem problem) {
      this(attempt, since, inputFile, null, problem);
    }

    /** Whether the provider was still reading the file when it was looked at. */
    public boolean isFilePending() {
      return problem != null && problem.code().equals(FILE_PENDING);
    }
  }

  /**
   * A job may have been made.
   *
   * @param inputFile null where the payload is the create's own body
   * @param doubt how its job is looked for; null as long as an answer may come
   */
  record Creating(
      int attempt,
      Instant since,
      @Nullable String inputFile,
      @Nullable Unanswered doubt,
      @Nullable Problem problem)
      implements JobState {

    /** An answer may come. */
    public Creating(
        int attempt, Instant since, @Nullable String inputFile, @Nullable Problem problem) {
      this(attempt, since, inputFile, null, problem);
    }
  }

  /**
   * A create whose answer will not come.
   *
   * @param settled until when its job may still show
   * @param burnt whether no late create can succeed any more
   */
  record Unanswered(Instant settled, boolean burnt) {}

  /**
   * The provider has the job.
   *
   * @param jobId the provider's
   * @param status the provider's own word
   * @param expiresAt end of the completion window, when the provider tells
   * @param done requests that succeeded so far
   * @param failed requests that failed so far
   */
  record Submitted(
      int attempt,
      Instant since,
      @Nullable String inputFile,
      String jobId,
      String status,
      @Nullable Instant expiresAt,
      int done,
      int failed,
      @Nullable Problem problem)
      implements JobState {}

  /**
   * Whether the provider runs a job of this batch can't be told. It is neither paid again nor given
   * up, but watched until the provider's answer or the end of its window settles it.
   *
   * @param jobId a job that was known to be ours and has vanished; null when none was ever known
   * @param settled until when the job of a create may still show; null when it is known
   * @param problem what the doubt is
   */
  record Quarantined(
      int attempt,
      Instant since,
      @Nullable String inputFile,
      @Nullable String jobId,
      @Nullable Instant settled,
      Problem problem)
      implements JobState {

    /** Nothing more is to show. */
    public Quarantined(
        int attempt,
        Instant since,
        @Nullable String inputFile,
        @Nullable String jobId,
        Problem problem) {
      this(attempt, since, inputFile, jobId, null, problem);
    }
  }

  /**
   * It is over.
   *
   * @param job what the provider had of it; null when it never had a job
   * @param problem when it failed as a whole, or was not submitted: why
   * @param retryable whether its requests without an outcome may be tried again
   * @param badLines requests that failed by their line when the provider checked the input
   * @param rest what becomes of the requests that are not among the bad lines
   */
  record Ended(
      int attempt,
      Instant since,
      JobEnd.As as,
      @Nullable String inputFile,
      @Nullable Results job,
      @Nullable Problem problem,
      boolean retryable,
      List<BadLine> badLines,
      Rest rest)
      implements JobState {

    public Ended {
      badLines = List.copyOf(badLines);
    }
  }

  /**
   * What the provider's job has come to.
   *
   * @param status the provider's own word
   * @param outputFile where results stand, if anywhere
   * @param errorFile where failures stand, if anywhere
   * @param submittedAt when the job was known to be there
   */
  record Results(
      String jobId,
      String status,
      @Nullable String outputFile,
      @Nullable String errorFile,
      Instant submittedAt,
      int done,
      int failed) {}

  /** What becomes of the requests of a failed job that are not named as bad. */
  enum Rest {
    /** They share the job's end. */
    ENDS,
    /** They are sealed again as one batch. */
    SEALED_AGAIN,
    /** They are sealed again as two, so that what is bad is found. */
    HALVED
  }
}
