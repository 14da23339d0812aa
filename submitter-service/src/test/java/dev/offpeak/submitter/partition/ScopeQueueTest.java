package dev.offpeak.submitter.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.job.JobState.Header;
import dev.offpeak.core.job.JobState.Sealed;
import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.limits.ProviderLimits;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.quota.QuotaLessons;
import dev.offpeak.core.quota.QuotaPolicy;
import dev.offpeak.core.quota.QuotaUnit;
import dev.offpeak.runtime.health.Waiting;
import dev.offpeak.submitter.batch.AccountFingerprint;
import dev.offpeak.submitter.batch.BatchPlace;
import dev.offpeak.submitter.ledger.KnownJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScopeQueueTest {

  private static final Instant T = Instant.parse("2026-11-24T12:00:00Z");
  private static final Lane LANE = Lane.of(Provider.OPENAI, "main", "/v1/responses", "gpt");

  private static ScopeQueue queue(int jobs, int createsPerMinute) {
    ProviderLimits limits =
        new ProviderLimits(
            100, 100, 100, 100, 1_000, jobs, 1_000, createsPerMinute, Duration.ofHours(24));
    return new ScopeQueue(new QuotaPolicy(limits, QuotaUnit.TOKENS), QuotaLessons.NONE, false);
  }

  private static KnownJob job(String id, @Nullable Instant deadline, @Nullable Instant notBefore) {
    BatchPlace place =
        new BatchPlace(id, 0, 0, LANE.scope(), LANE, 10, 400, 100, deadline, T.minusSeconds(9));
    return new KnownJob(place, AccountFingerprint.NONE, new Sealed(new Header(0, T), notBefore));
  }

  private static @Nullable String next(ScopeQueue queue, Instant now) {
    KnownJob job = queue.next(now);
    return job == null ? null : job.place().batchId();
  }

  @Test
  void theEarliestDeadlineGoesFirst() {
    ScopeQueue queue = queue(10, 10);
    queue.offer(job("A", null, null));
    queue.offer(job("B", T.plusSeconds(200), null));
    queue.offer(job("C", T.plusSeconds(100), null));

    assertThat(next(queue, T)).isEqualTo("C");
    assertThat(next(queue, T)).isEqualTo("B");
    assertThat(next(queue, T)).isEqualTo("A");
    assertThat(next(queue, T)).isNull();
  }

  @Test
  void whatIsHeldBackDoesNotHoldUpOthersAndGoesWhenItsTimeHasCome() {
    ScopeQueue queue = queue(10, 10);
    queue.offer(job("A", T.plusSeconds(1), T.plusSeconds(60)));
    queue.offer(job("B", null, null));

    assertThat(next(queue, T)).isEqualTo("B");
    assertThat(next(queue, T)).isNull();
    assertThat(queue.nextLook()).isEqualTo(T.plusSeconds(60));
    assertThat(next(queue, T.plusSeconds(60))).isEqualTo("A");
  }

  @Test
  void jobsInFlightAreLimitedUntilOneLands() {
    ScopeQueue queue = queue(1, 10);
    queue.flies(job("before", null, null).place());
    queue.offer(job("A", null, null));
    assertThat(next(queue, T)).isNull();

    queue.landed(job("before", null, null).place());

    assertThat(next(queue, T)).isEqualTo("A");
  }

  @Test
  void whatTheQuotaHoldsBackIsSaidUntilItGoes() {
    ScopeQueue queue = queue(1, 10);
    queue.flies(job("before", null, null).place());
    queue.offer(job("A", null, null));
    assertThat(queue.waits()).isNull();
    assertThat(next(queue, T)).isNull();
    assertThat(next(queue, T.plusSeconds(5))).isNull();

    String reason =
        "quota of " + LANE.scope() + ", jobs-in-flight: 1 of 1 in use; a job must end first";
    assertThat(queue.waits()).isEqualTo(new Waiting("batch A", reason, T, null));

    queue.landed(job("before", null, null).place());
    assertThat(next(queue, T.plusSeconds(6))).isEqualTo("A");
    assertThat(queue.waits()).isNull();
  }

  @Test
  void createsAreLimitedByTheMinute() {
    ScopeQueue queue = queue(10, 1);
    queue.offer(job("A", null, null));
    queue.offer(job("B", null, null));

    assertThat(next(queue, T)).isEqualTo("A");
    assertThat(next(queue, T)).isNull();
    assertThat(queue.nextLook()).isEqualTo(T.plusSeconds(60));
    assertThat(next(queue, T.plusSeconds(60))).isEqualTo("B");
  }

  @Test
  void aRefusalForWantOfQuotaLowersWhatMayFly() {
    ScopeQueue queue = queue(10, 10);
    KnownJob first = job("A", null, null);
    queue.offer(first);
    queue.offer(job("B", null, null));
    assertThat(next(queue, T)).isEqualTo("A");
    assertThat(next(queue, T)).isEqualTo("B");
    ProviderError full = new ProviderError.QuotaExceeded("token_limit_exceeded", "full", null);

    queue.refused(job("B", null, null).place(), full, T);
    queue.offer(job("B", null, null));

    assertThat(next(queue, T.plusSeconds(1))).as("while the scope pauses").isNull();
    Instant later = T.plus(Duration.ofHours(1));
    assertThat(next(queue, later)).as("while the other one flies").isNull();
    queue.landed(first.place());
    assertThat(next(queue, later)).isEqualTo("B");
  }

  @Test
  void whatWasLearnedIsRaisedOnlyWhileItIsWhatHoldsBatchesBack() {
    ScopeQueue queue = queue(2, 100);
    List<String> refused = List.of("W", "X", "Y", "Z");
    refused.forEach(id -> queue.flies(job(id, null, null).place()));
    queue.refused(
        job("Z", null, null).place(),
        new ProviderError.QuotaExceeded("token_limit_exceeded", "full", null),
        T);
    refused.forEach(id -> queue.landed(job(id, null, null).place()));
    long learned = learned(queue);
    List.of("A", "B", "C").forEach(id -> queue.offer(job(id, null, null)));
    Instant later = T.plus(Duration.ofHours(1));

    assertThat(next(queue, later)).isEqualTo("A");
    assertThat(next(queue, later)).isEqualTo("B");
    assertThat(next(queue, later)).as("two jobs are all that may fly").isNull();
    queue.accepted(job("A", null, null).place());
    queue.accepted(job("B", null, null).place());

    assertThat(learned(queue)).isEqualTo(learned);
    assertThat(queue.takeNews()).as("it was told").isNull();
  }

  private static long learned(ScopeQueue queue) {
    QuotaLessons news = queue.takeNews();
    assertThat(news).isNotNull();
    return news.limit().limit();
  }

  /** A batch of 400 bytes is guessed at 100 tokens; 1,000 may be enqueued. */
  @Test
  void reportedUsageTellsHowManyTokensABatchHas() {
    ScopeQueue queue = queue(100, 100);
    for (int i = 0; i < 20; i++) {
      queue.offer(job("B" + i, null, null));
    }
    int guessed = countGoing(queue);

    queue.usage(40_000_000, 5_000_000);

    assertThat(guessed).isEqualTo(10);
    assertThat(countGoing(queue)).as("more, at about eight bytes a token").isBetween(8, 10);
  }

  private static int countGoing(ScopeQueue queue) {
    int count = 0;
    while (next(queue, T) != null) {
      count++;
    }
    return count;
  }

  @Test
  void whatIsCancelledIsTakenOut() {
    ScopeQueue queue = queue(10, 10);
    queue.offer(job("A", null, null));
    queue.offer(job("B", null, T.plusSeconds(60)));
    queue.offer(job("C", null, null));

    assertThat(queue.takeOut(place -> !place.batchId().equals("C")))
        .extracting(job -> job.place().batchId())
        .containsExactlyInAnyOrder("A", "B");
    List<String> left = new ArrayList<>();
    queue.forEachWaiting(job -> left.add(job.place().batchId()));
    assertThat(left).containsExactly("C");
  }

  @Test
  void nothingGoesWhereTheAccountCanNotBeUsed() {
    ScopeQueue queue = new ScopeQueue(null, QuotaLessons.NONE, false);
    queue.offer(job("A", null, null));

    assertThat(next(queue, T)).isNull();
  }

  @Test
  void whereCreatesCanNotBeToldApartThereIsOneAtATime() {
    ScopeQueue queue = new ScopeQueue(null, QuotaLessons.NONE, true);
    BatchPlace a = job("A", null, null).place();
    BatchPlace b = job("B", null, null).place();

    assertThat(queue.tryCreate(a)).isTrue();
    assertThat(queue.tryCreate(a)).isTrue();
    assertThat(queue.tryCreate(b)).isFalse();
    queue.createSettled(b);
    assertThat(queue.tryCreate(b)).isFalse();
    queue.createSettled(a);
    assertThat(queue.tryCreate(b)).isTrue();
  }
}
