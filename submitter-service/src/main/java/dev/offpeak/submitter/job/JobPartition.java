package dev.offpeak.submitter.job;

import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.submitter.batch.BatchPlace;
import dev.offpeak.submitter.ledger.JobLedgerEntry;
import dev.offpeak.submitter.ledger.KnownJob;
import dev.offpeak.submitter.ledger.OwnershipLost;

/** What a job needs of the partition that it lives in. */
public interface JobPartition {

  /**
   * Records an entry; when this returns it is committed.
   *
   * @throws OwnershipLost when it is not, and nothing may be done in its name
   */
  void record(JobLedgerEntry entry) throws OwnershipLost, InterruptedException;

  /** Whether the job may create now; where only one create at a time is allowed it has the turn. */
  boolean tryCreate(BatchPlace place);

  /** The job's create is settled. */
  void createSettled(BatchPlace place);

  /** Whether a provider's job is known to be another batch's. */
  boolean isAnothers(String jobId, String batchId);

  /** The provider has no room for the batch. */
  void quotaRefused(BatchPlace place, ProviderError why);

  /** The provider has taken the batch into its queue for good. */
  void quotaAccepted(BatchPlace place);

  /** The job is in another state. */
  void moved(KnownJob job);
}
