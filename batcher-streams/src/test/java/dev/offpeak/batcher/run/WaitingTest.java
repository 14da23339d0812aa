package dev.offpeak.batcher.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.offpeak.core.wait.StopSignal;
import dev.offpeak.runtime.health.CheckResult;
import dev.offpeak.schemas.registry.RegistryUnavailable;
import dev.offpeak.testkit.time.MutableClock;
import dev.offpeak.testkit.time.WaitingSleeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

/** What waits for better times, and what ends the waiting. */
class WaitingTest {

  private static final RegistryUnavailable AWAY = new RegistryUnavailable("registry away", null);

  private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final StopSignal stop = new StopSignal(clock::advance);
  private final Random random = new Random(7);

  @Test
  void aWaitTakesAsLongAsItIsTold() throws InterruptedException {
    stop.sleep(Duration.ofMillis(1_234));

    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-01-01T00:00:01.234Z"));
  }

  @Test
  void aStopEndsAThreadsWaitToBeReplaced() {
    StopSignal waiting = new StopSignal(new WaitingSleeper(clock));
    var failures = new ThreadFailures(clock, waiting, random);
    var answer =
        CompletableFuture.supplyAsync(() -> failures.handle(AWAY), Thread::startVirtualThread);
    await().untilAsserted(() -> assertThat(clock.waiting()).isEqualTo(1));

    waiting.stop();

    assertThat(answer.join()).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    assertThat(clock.instant()).isBefore(Instant.parse("2026-01-01T00:00:01Z"));
  }

  @Test
  void aReaderWaitsForTheRegistry() {
    Deque<RuntimeException> failures = new ArrayDeque<>(List.of(AWAY, AWAY, AWAY));

    assertThat(reader(failures).apply(new byte[3])).isEqualTo(3);

    assertThat(failures).isEmpty();
  }

  @Test
  void aReaderDoesNotWaitForARecordThatIsBad() {
    var bad = new SerializationException("bad");

    assertThatThrownBy(() -> reader(new ArrayDeque<>(List.of(bad))).apply(new byte[3]))
        .isSameAs(bad);

    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void aReaderGivesUpWhenTheBatcherStops() {
    stop.stop();

    assertThatThrownBy(() -> reader(new ArrayDeque<>(List.of(AWAY))).apply(new byte[3]))
        .isSameAs(AWAY);
  }

  @Test
  void aDeadThreadIsReplacedAndHealthSaysWhyForAWhile() {
    var failures = new ThreadFailures(clock, stop, random);
    assertThat(failures.check()).isEqualTo(CheckResult.ok());

    var answer = failures.handle(new IllegalStateException("task failed", AWAY));

    assertThat(answer).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    assertThat(failures.check())
        .isInstanceOfSatisfying(
            CheckResult.NotOk.class, notOk -> assertThat(notOk.reason()).contains("registry away"));
    clock.advance(Duration.ofMinutes(2));
    assertThat(failures.check()).isEqualTo(CheckResult.ok());
  }

  @Test
  void threadsThatDieWhileTheBatcherStopsAreNotReplaced() {
    stop.stop();

    assertThat(new ThreadFailures(clock, stop, random).handle(AWAY))
        .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
  }

  /** Fails as told, then gives the length of the value. */
  private Function<byte[], Integer> reader(Deque<RuntimeException> failures) {
    return new GlobalRecordReader<>(
        value -> {
          if (!failures.isEmpty()) {
            throw failures.pop();
          }
          return value.length;
        },
        stop,
        random);
  }
}
