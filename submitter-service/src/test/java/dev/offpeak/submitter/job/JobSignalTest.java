package dev.offpeak.submitter.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.offpeak.testkit.time.FakeSleeper;
import dev.offpeak.testkit.time.MutableClock;
import dev.offpeak.testkit.time.WaitingSleeper;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class JobSignalTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final MutableClock clock = MutableClock.at("2026-11-24T12:00:00Z");

  @Test
  void waitsAsLongAsItIsTold() throws Exception {
    FakeSleeper sleeper = new FakeSleeper(clock);

    new JobSignal(sleeper).await(HOUR);

    assertThat(sleeper.slept()).containsExactly(HOUR);
  }

  @Test
  void newsEndAWaitAndNothingElse() throws Exception {
    JobSignal signal = new JobSignal(new WaitingSleeper(clock));
    CompletableFuture<Boolean> woken = new CompletableFuture<>();
    Thread thread = Thread.ofVirtual().start(() -> woken.complete(waits(signal)));
    await().untilAsserted(() -> assertThat(clock.waiting()).isEqualTo(1));

    signal.wake();

    assertThat(woken.get()).isTrue();
    assertThat(thread.isInterrupted()).isFalse();
  }

  @Test
  void newsThatComeBeforeTheWaitEndItAtOnce() throws Exception {
    JobSignal signal = new JobSignal(new WaitingSleeper(clock));

    signal.wake();

    assertThat(waits(signal)).isTrue();
  }

  @Test
  void whoIsToldToStopStopsAtTheNextWait() {
    JobSignal signal = new JobSignal(new WaitingSleeper(clock));

    signal.stop();

    assertThatThrownBy(() -> signal.await(HOUR)).isInstanceOf(InterruptedException.class);
    assertThatThrownBy(signal::check).isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void whoWaitsIsStopped() throws Exception {
    JobSignal signal = new JobSignal(new WaitingSleeper(clock));
    CompletableFuture<Boolean> woken = new CompletableFuture<>();
    var _ = Thread.ofVirtual().start(() -> woken.complete(waits(signal)));
    await().untilAsserted(() -> assertThat(clock.waiting()).isEqualTo(1));

    signal.stop();

    assertThat(woken.get()).isFalse();
  }

  private static boolean waits(JobSignal signal) {
    try {
      signal.await(HOUR);
      return true;
    } catch (InterruptedException _) {
      return false;
    }
  }
}
