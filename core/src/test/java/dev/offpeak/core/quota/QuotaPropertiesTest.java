package dev.offpeak.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.limits.ProviderLimits;
import dev.offpeak.core.quota.QuotaVerdict.Go;
import dev.offpeak.core.quota.QuotaVerdict.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What holds for every scope, whatever its provider does. */
class QuotaPropertiesTest {

  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  /** What happened to a learned limit; {@code others == -1} is an accepted job. */
  private record Lesson(long others, long batch, boolean heldBack, int secondsLater) {}

  @Property
  void nothingThatGoesBesideOthersPassesALimit(
      @ForAll("policies") QuotaPolicy policy,
      @ForAll("learned") LearnedLimit learned,
      @ForAll("batches") List<WaitingBatch> batches) {
    InFlight inFlight = InFlight.NOTHING;
    Instant now = NOW;
    for (WaitingBatch batch : batches) {
      now = now.plusSeconds(7);
      if (policy.decide(learned, inFlight, batch, now) instanceof Go) {
        inFlight = inFlight.with(batch, now);
        if (inFlight.jobs() > 1) {
          assertThat(inFlight.jobs()).isLessThanOrEqualTo(policy.limits().maxJobsInFlight());
          assertThat(inFlight.requests())
              .isLessThanOrEqualTo(policy.limits().maxRequestsInFlight());
          assertThat(inFlight.tokens()).isLessThanOrEqualTo(policy.limits().maxEnqueuedTokens());
          assertThat(policy.unit().of(inFlight)).isLessThanOrEqualTo(learned.limit());
        }
        Instant minuteAgo = now.minusSeconds(60);
        assertThat(inFlight.creates().stream().filter(create -> create.isAfter(minuteAgo)))
            .hasSizeLessThanOrEqualTo(policy.limits().createsPerMinute());
      }
    }
  }

  @Property
  void anEmptyScopeAdmitsAnyBatchAtTheTimeItNamesAtTheLatest(
      @ForAll("policies") QuotaPolicy policy,
      @ForAll("learned") LearnedLimit learned,
      @ForAll @Size(max = 20) List<@IntRange(max = 90) Integer> createsSecondsAgo,
      @ForAll("batch") WaitingBatch batch) {
    List<Instant> creates =
        createsSecondsAgo.stream().map(seconds -> NOW.minusSeconds(seconds)).toList();
    InFlight empty = new InFlight(0, 0, 0, creates);
    Instant now = NOW;
    for (int asked = 0; policy.decide(learned, empty, batch, now) instanceof Held held; asked++) {
      assertThat(held.until()).isNotNull().isAfter(now);
      assertThat(asked).as("times to ask again").isLessThan(2);
      now = held.until();
    }
  }

  @Property
  void itHoldsOnlyWhatWouldPassTheLimitItNames(
      @ForAll("policies") QuotaPolicy policy,
      @ForAll("learned") LearnedLimit learned,
      @ForAll @IntRange(min = 1, max = 30) int jobs,
      @ForAll @LongRange(max = 2_000) long requests,
      @ForAll @LongRange(max = 200_000) long tokens,
      @ForAll("batch") WaitingBatch batch) {
    InFlight inFlight = new InFlight(jobs, requests, tokens, List.of());
    if (policy.decide(learned, inFlight, batch, NOW) instanceof Held held) {
      boolean passes =
          switch (held.by()) {
            case REFUSED_LATELY -> NOW.isBefore(learned.pausedUntil());
            case CREATES_PER_MINUTE -> false;
            case JOBS_IN_FLIGHT -> jobs + 1 > policy.limits().maxJobsInFlight();
            case REQUESTS_IN_FLIGHT ->
                requests + batch.requests() > policy.limits().maxRequestsInFlight();
            case ENQUEUED_TOKENS -> tokens + batch.tokens() > policy.limits().maxEnqueuedTokens();
            case LEARNED -> policy.unit().of(inFlight) + policy.unit().of(batch) > learned.limit();
          };
      assertThat(passes).as("%s", held).isTrue();
    }
  }

  @Property
  void refusalsOnlyLowerAndNeverBelowNineTenthsOfTheSmallestThatWasRefused(
      @ForAll("refusals") List<Lesson> lessons) {
    LearnedLimit learned = LearnedLimit.NONE;
    Instant now = NOW;
    long smallest = Long.MAX_VALUE;
    for (Lesson lesson : lessons) {
      now = now.plusSeconds(lesson.secondsLater());
      LearnedLimit next = learned.refused(lesson.others(), lesson.batch(), null, now);
      smallest = Math.min(smallest, lesson.others() + lesson.batch());
      assertThat(next.limit())
          .isLessThanOrEqualTo(learned.limit())
          .isLessThan(Math.max(2, lesson.others() + lesson.batch()))
          .isGreaterThanOrEqualTo(Math.max(1, smallest - Math.ceilDiv(smallest, 10)));
      assertThat(next.pausedUntil())
          .isAfter(now)
          .isAfterOrEqualTo(learned.pausedUntil())
          .isBeforeOrEqualTo(now.plus(Duration.ofMinutes(15)));
      learned = next;
    }
  }

  @Property
  void oneAcceptedJobRaisesByATwentiethAtMost(@ForAll("lessons") List<Lesson> lessons) {
    LearnedLimit learned = LearnedLimit.NONE;
    Instant now = NOW;
    for (Lesson lesson : lessons) {
      now = now.plusSeconds(lesson.secondsLater());
      if (lesson.others() >= 0) {
        learned = learned.refused(lesson.others(), lesson.batch(), null, now);
        continue;
      }
      LearnedLimit next = learned.accepted(lesson.heldBack());
      assertThat(next.limit()).isGreaterThanOrEqualTo(learned.limit());
      assertThat(next.limit() - learned.limit()).isLessThanOrEqualTo(learned.limit() / 20 + 1);
      if (!lesson.heldBack()) {
        assertThat(next.limit()).isEqualTo(learned.limit());
      }
      learned = next;
    }
  }

  @Property
  void aProviderOfAnyQuotaIsUsedWellInTheEnd(
      @ForAll @LongRange(min = 1_000, max = 1_000_000) long quota,
      @ForAll @IntRange(min = 2, max = 20) int batchesThatFit) {
    long batch = quota / batchesThatFit;
    LearnedLimit learned = LearnedLimit.NONE;
    Instant now = NOW;
    int refused = 0;
    int rounds = 2_000;
    for (int round = 0; round < rounds; round++) {
      now = now.plusSeconds(1_000);
      long inFlight = 0;
      while (inFlight == 0 || inFlight + batch <= learned.limit()) {
        if (inFlight + batch > quota) {
          learned = learned.refused(inFlight, batch, null, now);
          refused++;
          break;
        }
        inFlight += batch;
        learned = learned.accepted(inFlight + 2 * batch > learned.limit());
      }
      if (round > rounds / 2) {
        assertThat(inFlight).isGreaterThanOrEqualTo(quota * 3 / 5 - batch);
      }
    }
    assertThat(refused).isLessThan(rounds / 4);
  }

  @Property
  void bytesPerTokenStaysWithinBoundsAndComesToTheReportedRatio(
      @ForAll @Size(max = 20) List<@LongRange(max = 1_000_000_000) Long> strange,
      @ForAll @IntRange(min = 1, max = 20) int ratio) {
    BytesPerToken learned = BytesPerToken.UNKNOWN;
    for (int i = 0; i + 1 < strange.size(); i += 2) {
      learned = learned.reported(strange.get(i), strange.get(i + 1));
      assertThat(learned.ratio()).isBetween(BytesPerToken.LEAST, BytesPerToken.MOST);
      assertThat(learned.tokensOf(1)).isPositive();
    }
    for (int i = 0; i < 400; i++) {
      learned = learned.reported(ratio * 1_000_000L, 1_000_000);
    }
    assertThat(learned.ratio()).isBetween(ratio * 0.95, ratio * 1.05);
    assertThat(learned.tokensOf(ratio * 1_000L)).isBetween(950L, 1_053L);
  }

  @Provide
  Arbitrary<QuotaPolicy> policies() {
    return Combinators.combine(
            Arbitraries.longs().between(1, 100_000),
            Arbitraries.integers().between(1, 20),
            Arbitraries.integers().between(1, 1_000),
            Arbitraries.integers().between(1, 10),
            Arbitraries.of(QuotaUnit.class))
        .as(
            (tokens, jobs, requests, creates, unit) ->
                new QuotaPolicy(
                    new ProviderLimits(
                        1, 1, 1, 1, tokens, jobs, requests, creates, Duration.ofHours(24)),
                    unit));
  }

  @Provide
  Arbitrary<LearnedLimit> learned() {
    Arbitrary<LearnedLimit> taught =
        Combinators.combine(
                Arbitraries.longs().between(1, 100_000), Arbitraries.integers().between(0, 120))
            .as((limit, pause) -> new LearnedLimit(limit, limit, 1, 0, 0, NOW.plusSeconds(pause)));
    return Arbitraries.oneOf(List.of(Arbitraries.just(LearnedLimit.NONE), taught));
  }

  @Provide
  Arbitrary<WaitingBatch> batch() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 1_200), Arbitraries.longs().between(1, 120_000))
        .as((requests, tokens) -> new WaitingBatch("b", requests, tokens, null, NOW));
  }

  @Provide
  Arbitrary<List<WaitingBatch>> batches() {
    return batch().list().ofMaxSize(60);
  }

  @Provide
  Arbitrary<List<Lesson>> refusals() {
    return lesson(Arbitraries.longs().between(0, 1_000_000)).list().ofMaxSize(40);
  }

  @Provide
  Arbitrary<List<Lesson>> lessons() {
    return Arbitraries.oneOf(
            lesson(Arbitraries.longs().between(0, 1_000_000)),
            lesson(Arbitraries.just(-1L)),
            lesson(Arbitraries.just(-1L)))
        .list()
        .ofMaxSize(100)
        .map(ArrayList::new);
  }

  private static Arbitrary<Lesson> lesson(Arbitrary<Long> others) {
    return Combinators.combine(
            others,
            Arbitraries.longs().between(1, 1_000_000),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(0, 2_000))
        .as(Lesson::new);
  }
}
