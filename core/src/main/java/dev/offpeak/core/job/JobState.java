package dev.offpeak.core.job;

import dev.offpeak.core.outcome.JobEnd;
import dev.offpeak.core.provider.ProviderError.BadLine;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the provider job of one batch stands, as it is recorded in llm.jobs:
 *
 * <pre>
 * Sealed → Uploading → Uploaded → Creating → Submitted → Ended
 *                                     ↘ Quarantined ↗
 * </pre>
 *
 * <p>{@link JobMove} has every move, and docs/job-states.md what leads to it. Uploading and
 * Creating are intents: they are recorded before the call, so that whoever finds one of them knows
 * that the call may have been made. A job goes back to Sealed when it is certain that nothing of
 * its attempt can run any more.
 */
public sealed interface JobState {

  /** What every state carries. */
  Header header();

  /**
   * What every state carries.
   *
   * @param attempt number of the latest attempt to submit the batch, from 1; 0 before the first
   * @param since when the state was entered, or its intent renewed
   * @param problem why it waits, has failed or is in doubt; null when all is well
   */
  record Header(int attempt, Instant since, @Nullable Problem problem) {

    /** All is well. */
    public Header(int attempt, Instant since) {
      this(attempt, since, null);
    }

    /** The same with another reason, or none. */
    public Header because(@Nullable Problem why) {
      return new Header(attempt, since, why);
    }

    /** The same attempt, entered now. */
    public Header from(Instant now) {
      return new Header(attempt, now, problem);
    }
  }

  /** See {@link Header}. */
  default int attempt() {
    return header().attempt();
  }

  /** See {@link Header}. */
  default Instant since() {
    return header().since();
  }

  /** See {@link Header}. */
  default @Nullable Problem problem() {
    return header().problem();
  }

  /** The same state with another header. */
  default JobState with(Header other) {
    return switch (this) {
      case Sealed(_, Instant notBefore) -> new Sealed(other, notBefore);
      case Uploading _ -> new Uploading(other);
      case Uploaded(_, String file, Instant notBefore) -> new Uploaded(other, file, notBefore);
      case Creating(_, String file, Unanswered doubt) -> new Creating(other, file, doubt);
      case Submitted job ->
          new Submitted(
              other,
              job.inputFile(),
              job.jobId(),
              job.status(),
              job.expiresAt(),
              job.done(),
              job.failed());
      case Quarantined(_, String file, String jobId, Instant settled) ->
          new Quarantined(other, file, jobId, settled);
      case Ended end ->
          new Ended(
              other,
              end.as(),
              end.inputFile(),
              end.job(),
              end.retryable(),
              end.badLines(),
              end.rest());
    };
  }

  /** The same state with a reason why nothing is done about it; an end stays as it is. */
  default JobState troubled(Problem why) {
    return this instanceof Ended ? this : with(header().because(why));
  }

  /**
   * The same intent, made anew: an owner that was held up between recording it and acting on it may
   * have been replaced meanwhile, which recording it again finds out.
   */
  default JobState renewed(Instant now) {
    return switch (this) {
      case Uploading _, Creating _ -> with(header().from(now));
      case Sealed _, Uploaded _, Submitted _, Quarantined _, Ended _ -> this;
    };
  }

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
  record Sealed(Header header, @Nullable Instant notBefore) implements JobState {}

  /** Its input file may be at the provider, whole or not. */
  record Uploading(Header header) implements JobState {}

  /**
   * Its input file is at the provider, no job has been asked for.
   *
   * @param notBefore held back until then, if at all
   */
  record Uploaded(Header header, String inputFile, @Nullable Instant notBefore)
      implements JobState {

    /** The code of a problem that says that the provider is still reading the input file. */
    public static final String FILE_PENDING = "file_pending";

    /** Not held back. */
    public Uploaded(Header header, String inputFile) {
      this(header, inputFile, null);
    }

    /** Whether the provider was still reading the file when it was looked at. */
    public boolean isFilePending() {
      Problem problem = problem();
      return problem != null && problem.code().equals(FILE_PENDING);
    }
  }

  /**
   * A job may have been made.
   *
   * @param inputFile null where the payload is the create's own body
   * @param doubt how its job is looked for; null as long as an answer may come
   */
  record Creating(Header header, @Nullable String inputFile, @Nullable Unanswered doubt)
      implements JobState {

    /** An answer may come. */
    public Creating(Header header, @Nullable String inputFile) {
      this(header, inputFile, null);
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
      Header header,
      @Nullable String inputFile,
      String jobId,
      String status,
      @Nullable Instant expiresAt,
      int done,
      int failed)
      implements JobState {}

  /**
   * Whether the provider runs a job of this batch can't be told. It is neither paid again nor given
   * up, but watched until the provider's answer or the end of its window settles it.
   *
   * @param jobId a job that was known to be ours and has vanished; null when none was ever known
   * @param settled until when the job of a create may still show; null when it is known
   */
  record Quarantined(
      Header header, @Nullable String inputFile, @Nullable String jobId, @Nullable Instant settled)
      implements JobState {

    public Quarantined {
      Objects.requireNonNull(header.problem(), "a job in doubt says what the doubt is");
    }

    /** Nothing more is to show. */
    public Quarantined(Header header, @Nullable String inputFile, @Nullable String jobId) {
      this(header, inputFile, jobId, null);
    }

    /** What the doubt is. */
    @Override
    public Problem problem() {
      return Objects.requireNonNull(header.problem(), "checked when it was made");
    }
  }

  /**
   * It is over. When it failed as a whole, or was not submitted, its problem says why.
   *
   * @param job what the provider had of it; null when it never had a job
   * @param retryable whether its requests without an outcome may be tried again
   * @param badLines requests that failed by their line when the provider checked the input
   * @param rest what becomes of the requests that are not among the bad lines
   */
  record Ended(
      Header header,
      JobEnd.As as,
      @Nullable String inputFile,
      @Nullable Results job,
      boolean retryable,
      List<BadLine> badLines,
      Rest rest)
      implements JobState {

    public Ended {
      badLines = List.copyOf(badLines);
    }

    /** The same end, when the requests that were to be sealed again can't be read any more. */
    public Ended withoutRest() {
      return new Ended(header, as, inputFile, job, retryable, badLines, Rest.ENDS);
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
