package dev.offpeak.core.job;

import dev.offpeak.core.job.JobState.Creating;
import dev.offpeak.core.job.JobState.Ended;
import dev.offpeak.core.job.JobState.Quarantined;
import dev.offpeak.core.job.JobState.Sealed;
import dev.offpeak.core.job.JobState.Submitted;
import dev.offpeak.core.job.JobState.Uploaded;
import dev.offpeak.core.job.JobState.Uploading;

/**
 * Every move that a job may make from one recorded state to the next; the rules can record no
 * other. A state may also be recorded again with a reason why nothing is done about it.
 */
public enum JobMove {
  UPLOAD_BEGUN(Sealed.class, Uploading.class, "its turn has come, and its payload is a file"),
  CREATE_BEGUN_WITHOUT_FILE(
      Sealed.class, Creating.class, "its turn has come, and the create carries the payload"),
  NOT_SUBMITTED(Sealed.class, Ended.class, "it is cancelled, or can't be submitted"),

  UPLOAD_REPEATED(
      Uploading.class, Uploading.class, "the upload failed, or nothing of it is there: once more"),
  FILE_STORED(Uploading.class, Uploaded.class, "the file is at the provider"),
  UPLOAD_ABANDONED(
      Uploading.class, Sealed.class, "the account of its name is another one, which takes it"),
  UPLOAD_GIVEN_UP(Uploading.class, Ended.class, "it is cancelled, refused, or was tried too often"),

  FILE_READ(Uploaded.class, Uploaded.class, "the provider has read the file"),
  CREATE_BEGUN(Uploaded.class, Creating.class, "a create is allowed"),
  FILE_ABANDONED(
      Uploaded.class,
      Sealed.class,
      "no job can be made of the file, or the account of its name is another one"),
  FILE_GIVEN_UP(Uploaded.class, Ended.class, "it is cancelled, or no file was any good"),

  CREATE_UNANSWERED(
      Creating.class,
      Creating.class,
      "no answer: its job is searched for, its file is deleted, and it is searched for again"),
  JOB_MADE(Creating.class, Submitted.class, "the provider has the job"),
  CREATE_POSTPONED(
      Creating.class, Uploaded.class, "the create did not happen: once more with the same file"),
  CREATE_ABANDONED(
      Creating.class, Sealed.class, "the create did not happen and can't any more: all anew"),
  CREATE_DOUBTED(
      Creating.class, Quarantined.class, "a job was found that may be ours or another's"),
  CREATE_GIVEN_UP(Creating.class, Ended.class, "it is refused, is over already, or never settled"),

  JOB_WATCHED(Submitted.class, Submitted.class, "progress, or trouble in looking at it"),
  JOB_VANISHED(Submitted.class, Quarantined.class, "the provider does not know the job any more"),
  JOB_REPEATED(
      Submitted.class, Sealed.class, "the provider failed it before any request was executed"),
  JOB_ENDED(Submitted.class, Ended.class, "it is over, or was given up long after its window"),

  DOUBT_DATED(
      Quarantined.class,
      Quarantined.class,
      "until when a job may show is noted, or an operator names the job"),
  DOUBT_RESOLVED(Quarantined.class, Submitted.class, "the job is there and it is ours"),
  DOUBT_REMOVED(Quarantined.class, Sealed.class, "there is no job: all anew"),
  DOUBT_ENDED(Quarantined.class, Ended.class, "the job is over, or nothing more is to be expected");

  private final Class<? extends JobState> from;
  private final Class<? extends JobState> to;
  private final String when;

  JobMove(Class<? extends JobState> from, Class<? extends JobState> to, String when) {
    this.from = from;
    this.to = to;
    this.when = when;
  }

  /** The move between two states. */
  public static JobMove between(JobState from, JobState to) {
    for (JobMove move : values()) {
      if (move.from.isInstance(from) && move.to.isInstance(to)) {
        return move;
      }
    }
    throw new IllegalStateException("a job that is " + from + " can't become " + to);
  }

  /** The state before it. */
  public Class<? extends JobState> from() {
    return from;
  }

  /** The state after it. */
  public Class<? extends JobState> to() {
    return to;
  }

  /** When it is made. */
  public String when() {
    return when;
  }
}
