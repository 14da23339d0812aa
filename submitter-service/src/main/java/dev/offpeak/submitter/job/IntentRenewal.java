package dev.offpeak.submitter.job;

import dev.offpeak.submitter.ledger.OwnershipLost;

/** Asked right before an act that can cost money or leave something behind. */
@FunctionalInterface
interface IntentRenewal {

  /**
   * Makes sure that the intent is fresh: records it again when it has grown old.
   *
   * @throws OwnershipLost when the partition has another owner, and the act must not be done
   */
  void beforeActing() throws OwnershipLost, InterruptedException;
}
