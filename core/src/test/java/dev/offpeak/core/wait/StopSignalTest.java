package dev.offpeak.core.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class StopSignalTest {

  private final List<Duration> slept = new ArrayList<>();
  private final StopSignal stop = new StopSignal(slept::add);

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
  void allWhoWaitAreWoken() throws Exception {
    StopSignal real = new StopSignal(Sleeper.system());
    CountDownLatch waiting = new CountDownLatch(2);
    CountDownLatch woken = new CountDownLatch(2);
    for (int i = 0; i < 2; i++) {
      Thread.startVirtualThread(
          () -> {
            try {
              real.await(
                  () -> {
                    waiting.countDown();
                    return new LinkedBlockingQueue<String>().take();
                  });
            } catch (InterruptedException e) {
              woken.countDown();
            }
          });
    }
    waiting.await();

    real.stop();

    woken.await();
    assertThatThrownBy(() -> real.sleep(Duration.ofHours(1)))
        .isInstanceOf(InterruptedException.class);
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
    assertThat(slept).isEmpty();
  }
}
