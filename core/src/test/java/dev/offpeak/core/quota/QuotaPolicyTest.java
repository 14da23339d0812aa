package dev.offpeak.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.limits.ProviderLimits;
import dev.offpeak.core.quota.QuotaVerdict.Go;
import dev.offpeak.core.quota.QuotaVerdict.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QuotaPolicyTest {

  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  /** 1,000 tokens, 3 jobs, 100 requests, 2 creates a minute. */
  private static final QuotaPolicy POLICY =
      new QuotaPolicy(
          new ProviderLimits(50, 1_000, 100, 50, 1_000, 3, 100, 2, Duration.ofHours(24)),
          QuotaUnit.TOKENS);

  @Test
  void whatFitsEveryLimitToTheLastTokenGoes() {
    var inFlight = new InFlight(2, 90, 900, List.of());

    assertThat(decide(inFlight, batch(10, 100))).isEqualTo(new Go());
  }

  @Test
  void theLimitThatHoldsIsNamed() {
    assertThat(decide(new InFlight(3, 3, 3, List.of()), batch(1, 1)))
        .isEqualTo(new Held(QuotaLimit.JOBS_IN_FLIGHT, 3, 3, null));
    assertThat(decide(new InFlight(1, 91, 3, List.of()), batch(10, 1)))
        .isEqualTo(new Held(QuotaLimit.REQUESTS_IN_FLIGHT, 91, 100, null));
    assertThat(decide(new InFlight(1, 3, 901, List.of()), batch(1, 100)))
        .isEqualTo(new Held(QuotaLimit.ENQUEUED_TOKENS, 901, 1_000, null));
  }

  @Test
  void createsAreCountedOverTheLastMinuteAndTheHoldEndsWhenTheOldestIsAMinuteOld() {
    var twoLately = List.of(NOW.minusSeconds(10), NOW.minusSeconds(59), NOW.minusSeconds(60));
    var oneLately = List.of(NOW.minusSeconds(10), NOW.minusSeconds(60));

    assertThat(decide(new InFlight(0, 0, 0, twoLately), batch(1, 1)))
        .isEqualTo(new Held(QuotaLimit.CREATES_PER_MINUTE, 2, 2, NOW.plusSeconds(1)));
    assertThat(decide(new InFlight(0, 0, 0, oneLately), batch(1, 1))).isEqualTo(new Go());
  }

  @Test
  void aBatchAboveALimitGoesAlone() {
    assertThat(decide(InFlight.NOTHING, batch(101, 1_001))).isEqualTo(new Go());
    assertThat(decide(new InFlight(1, 1, 1, List.of()), batch(1, 1_000))).isInstanceOf(Held.class);
  }

  @Test
  void whatWasLearnedHoldsBelowWhatIsConfigured() {
    var learned = LearnedLimit.NONE.refused(400, 200, Duration.ZERO, NOW);

    assertThat(POLICY.decide(learned, new InFlight(1, 1, 441, List.of()), batch(1, 100), NOW))
        .isEqualTo(new Held(QuotaLimit.LEARNED, 441, 540, null));
    assertThat(POLICY.decide(learned, new InFlight(1, 1, 440, List.of()), batch(1, 100), NOW))
        .isEqualTo(new Go());
  }

  @Test
  void nothingGoesWhileTheScopePausesAfterARefusal() {
    var learned = LearnedLimit.NONE.refused(0, 600, Duration.ofMinutes(2), NOW);

    assertThat(POLICY.decide(learned, InFlight.NOTHING, batch(1, 1), NOW.plusSeconds(119)))
        .isEqualTo(new Held(QuotaLimit.REFUSED_LATELY, 0, 540, NOW.plusSeconds(120)));
    assertThat(POLICY.decide(learned, InFlight.NOTHING, batch(1, 1), NOW.plusSeconds(120)))
        .isEqualTo(new Go());
  }

  @Test
  void anthropicsQueueIsCountedInRequests() {
    var policy = new QuotaPolicy(POLICY.limits(), QuotaUnit.REQUESTS);
    var learned = LearnedLimit.NONE.refused(40, 10, Duration.ZERO, NOW);

    assertThat(policy.decide(learned, new InFlight(1, 40, 1, List.of()), batch(6, 1), NOW))
        .isEqualTo(new Held(QuotaLimit.LEARNED, 40, 45, null));
  }

  @Test
  void theEarliestDeadlineComesFirstThenTheOldestThenTheSmallerId() {
    var urgent = new WaitingBatch("d", 1, 1, NOW.plusSeconds(1), NOW);
    var lessUrgent = new WaitingBatch("c", 1, 1, NOW.plusSeconds(2), NOW.minusSeconds(99));
    var old = new WaitingBatch("b", 1, 1, null, NOW.minusSeconds(9));
    var young = new WaitingBatch("a", 1, 1, null, NOW);
    var twin = new WaitingBatch("e", 1, 1, null, NOW);

    assertThat(Stream.of(twin, young, old, lessUrgent, urgent).sorted(WaitingBatch.ORDER))
        .containsExactly(urgent, lessUrgent, old, young, twin);
  }

  private static QuotaVerdict decide(InFlight inFlight, WaitingBatch batch) {
    return POLICY.decide(LearnedLimit.NONE, inFlight, batch, NOW);
  }

  private static WaitingBatch batch(int requests, long tokens) {
    return new WaitingBatch("b", requests, tokens, null, NOW);
  }
}
