package dev.offpeak.submitter;

import dev.offpeak.runtime.failpoint.FailpointListener;
import dev.offpeak.submitter.failpoint.Failpoint;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds the job that comes to a place for the nth time, until it is thawed. */
final class Freezer implements FailpointListener<Failpoint> {

  private final Failpoint place;
  private final int nth;
  private final AtomicInteger seen = new AtomicInteger();
  private final CountDownLatch frozen = new CountDownLatch(1);
  private final CountDownLatch thawed = new CountDownLatch(1);

  Freezer(Failpoint place, int nth) {
    this.place = place;
    this.nth = nth;
  }

  @Override
  public void reached(Failpoint failpoint) throws InterruptedException {
    if (failpoint == place && seen.incrementAndGet() == nth) {
      frozen.countDown();
      thawed.await();
    }
  }

  boolean isFrozen() {
    return frozen.getCount() == 0;
  }

  void thaw() {
    thawed.countDown();
  }
}
