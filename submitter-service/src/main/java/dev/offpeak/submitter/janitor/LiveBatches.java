package dev.offpeak.submitter.janitor;

import java.util.Set;

/** Knows the batches of all partitions whose jobs have not ended. */
@FunctionalInterface
public interface LiveBatches {

  /**
   * Reads them.
   *
   * @throws InterruptedException when told to stop
   */
  Set<String> read() throws InterruptedException;
}
