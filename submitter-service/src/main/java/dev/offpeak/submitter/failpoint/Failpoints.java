package dev.offpeak.submitter.failpoint;

/** Told when a job comes to a {@link Failpoint}. */
@FunctionalInterface
public interface Failpoints {

  /** Nobody is told. */
  Failpoints NONE = (place, batchId) -> {};

  /**
   * The job of that batch is there; it goes on when this returns.
   *
   * @throws InterruptedException when it is not to go on
   */
  void reached(Failpoint place, String batchId) throws InterruptedException;
}
