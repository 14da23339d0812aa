package dev.offpeak.submitter.ledger;

import dev.offpeak.core.job.JobState;
import dev.offpeak.submitter.batch.AccountFingerprint;
import dev.offpeak.submitter.batch.BatchPlace;

/**
 * A job as llm.jobs knows it.
 *
 * @param place of its batch
 * @param mark of the account that acts for it
 * @param state where it stands
 */
public record KnownJob(BatchPlace place, AccountFingerprint mark, JobState state) {

  /** The same in another state. */
  public KnownJob in(JobState next) {
    return new KnownJob(place, mark, next);
  }

  /** The same, acted for by that account. */
  public KnownJob by(AccountFingerprint actor) {
    return new KnownJob(place, actor, state);
  }
}
