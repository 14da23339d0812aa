package dev.offpeak.runtime.failpoint;

/**
 * Told when the work comes to a place.
 *
 * @param <P> the places of a service
 */
@FunctionalInterface
public interface FailpointListener<P extends Enum<P>> {

  /**
   * The work is there; it goes on when this returns.
   *
   * @throws InterruptedException when it is not to go on
   */
  void reached(P place) throws InterruptedException;

  /** Goes on everywhere. */
  static <P extends Enum<P>> FailpointListener<P> nowhere() {
    return place -> {};
  }
}
