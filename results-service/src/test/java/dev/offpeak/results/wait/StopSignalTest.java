package dev.offpeak.results.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.testkit.time.FakeSleeper;
import dev.offpeak.testkit.time.MutableClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class StopSignalTest {

  private final FakeSleeper sleeper = new FakeSleeper(MutableClock.at("2026-11-24T00:00:00Z"));
  private final StopSignal stop = new StopSignal(sleeper);

  @Test
  void aThreadThatWaitsIsWoken() throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    CompletableFuture<Boolean> interruptedAfterwards = new CompletableFuture<>();
    Thread thread =
        Thread.startVirtualThread(
            () -> {
              try {
                stop.await(
                    () -> {
                      waits.countDown();
                      return new LinkedBlockingQueue<String>().take();
                    });
              } catch (InterruptedException e) {
                interruptedAfterwards.complete(Thread.currentThread().isInterrupted());
              }
            });
    waits.await();

    stop.stop();

    thread.join();
    assertThat(interruptedAfterwards).isCompletedWithValue(false);
  }

  @Test
  void aThreadThatWorksIsNotInterrupted() throws Exception {
    assertThat(stop.await(() -> "mail")).isEqualTo("mail");

    stop.stop();

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(stop.isStopped()).isTrue();
    assertThatThrownBy(stop::check).isInstanceOf(InterruptedException.class);
  }

  @Test
  void whatComesAtTheSameMomentIsNotLost() throws Exception {
    String got =
        stop.await(
            () -> {
              stop.stop();
              return "mail";
            });

    assertThat(got).isEqualTo("mail");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void nobodySleepsAfterTheSignal() {
    stop.stop();

    assertThatThrownBy(() -> stop.sleep(Duration.ofHours(1)))
        .isInstanceOf(InterruptedException.class);
    assertThat(sleeper.slept()).isEmpty();
  }
}
