package dev.offpeak.submitter;

import dev.offpeak.runtime.failpoint.FailpointListener;
import dev.offpeak.submitter.failpoint.Failpoint;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds up some of the jobs, by chance, wherever they are; none any more once it is quiet. */
final class RandomPauses implements FailpointListener<Failpoint> {

  private final Random random;
  private final double share;
  private final Duration longest;
  private final CountDownLatch quiet = new CountDownLatch(1);

  /**
   * Pauses that begin at once.
   *
   * @param share of the visits to a place that are held up
   */
  RandomPauses(long seed, double share, Duration longest) {
    this.random = new Random(seed);
    this.share = share;
    this.longest = longest;
  }

  @Override
  public void reached(Failpoint failpoint) throws InterruptedException {
    if (random.nextDouble() < share) {
      var _ = quiet.await(random.nextLong(longest.toMillis()), TimeUnit.MILLISECONDS);
    }
  }

  /** Lets everybody go on. */
  void beQuiet() {
    quiet.countDown();
  }
}
