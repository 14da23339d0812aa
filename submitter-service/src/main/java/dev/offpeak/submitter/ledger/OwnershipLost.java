package dev.offpeak.submitter.ledger;

/**
 * Nothing more can be recorded in this partition: somebody else owns it, or the connection to it is
 * broken. Whoever meets this must not act at a provider any more.
 */
public final class OwnershipLost extends Exception {

  private static final long serialVersionUID = 1L;

  OwnershipLost(int partition, Throwable cause) {
    super("partition " + partition + " of llm.jobs can't be written any more: " + cause, cause);
  }
}
