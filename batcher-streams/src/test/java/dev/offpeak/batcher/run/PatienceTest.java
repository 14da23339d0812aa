package dev.offpeak.batcher.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.runtime.health.CheckResult;
import dev.offpeak.runtime.time.Sleeper;
import dev.offpeak.schemas.registry.RegistryUnavailable;
import dev.offpeak.testkit.time.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

/** What waits for better times, and what ends the waiting. */
class PatienceTest {

  private static final RegistryUnavailable AWAY = new RegistryUnavailable("registry away", null);

  private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final Sleeper sleeper = clock::advance;
  private final Pauses pauses = new Pauses(sleeper);
  private final Random random = new Random(7);

  @Test
  void aPauseTakesAsLongAsItIsTold() throws InterruptedException {
    assertThat(pauses.pause(Duration.ofMillis(1_234))).isTrue();

    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-01-01T00:00:01.234Z"));
  }

  @Test
  void aStopEndsAPause() throws InterruptedException {
    Pauses[] stopped = new Pauses[1];
    stopped[0] =
        new Pauses(
            wait -> {
              clock.advance(wait);
              stopped[0].stop();
            });

    assertThat(stopped[0].pause(Duration.ofHours(1))).isFalse();

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
    pauses.stop();

    assertThatThrownBy(() -> reader(new ArrayDeque<>(List.of(AWAY))).apply(new byte[3]))
        .isSameAs(AWAY);
  }

  @Test
  void aDeadThreadIsReplacedAndHealthSaysWhyForAWhile() {
    var failures = new ThreadFailures(clock, pauses, random);
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
    pauses.stop();

    assertThat(new ThreadFailures(clock, pauses, random).handle(AWAY))
        .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
  }

  /** Fails as told, then gives the length of the value. */
  private Function<byte[], Integer> reader(Deque<RuntimeException> failures) {
    return new PatientReader<>(
        value -> {
          if (!failures.isEmpty()) {
            throw failures.pop();
          }
          return value.length;
        },
        pauses,
        random);
  }
}
