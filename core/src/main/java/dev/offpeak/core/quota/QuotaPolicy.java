package dev.offpeak.core.quota;

import dev.offpeak.core.limits.ProviderLimits;
import dev.offpeak.core.quota.QuotaVerdict.Go;
import dev.offpeak.core.quota.QuotaVerdict.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When the first of the waiting batches of one quota scope may be submitted. A batch that is larger
 * than a limit goes when nothing else is in flight: it would wait for ever otherwise, and only the
 * provider knows whether the limit is really so low.
 *
 * @param limits as configured
 * @param unit what the learned limit counts
 */
public record QuotaPolicy(ProviderLimits limits, QuotaUnit unit) {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Go GO = new Go();

  /** Whether the batch may be submitted now. */
  public QuotaVerdict decide(
      LearnedLimit learned, InFlight inFlight, WaitingBatch batch, Instant now) {
    if (now.isBefore(learned.pausedUntil())) {
      return new Held(
          QuotaLimit.REFUSED_LATELY,
          unit.of(inFlight),
          Math.min(learned.limit(), configured()),
          learned.pausedUntil());
    }
    Held held = creates(inFlight, now);
    if (held == null) {
      held = room(learned, inFlight, batch);
    }
    return held == null ? GO : held;
  }

  private @Nullable Held creates(InFlight inFlight, Instant now) {
    List<Instant> recent =
        inFlight.creates().stream()
            .filter(create -> create.plus(MINUTE).isAfter(now))
            .sorted()
            .toList();
    int allowed = limits.createsPerMinute();
    if (recent.size() < allowed) {
      return null;
    }
    Instant free = recent.get(recent.size() - allowed).plus(MINUTE);
    return new Held(QuotaLimit.CREATES_PER_MINUTE, recent.size(), allowed, free);
  }

  private @Nullable Held room(LearnedLimit learned, InFlight inFlight, WaitingBatch batch) {
    if (inFlight.jobs() == 0) {
      return null;
    }
    Held held = over(QuotaLimit.JOBS_IN_FLIGHT, inFlight.jobs(), 1, limits.maxJobsInFlight());
    if (held == null) {
      held =
          over(
              QuotaLimit.REQUESTS_IN_FLIGHT,
              inFlight.requests(),
              batch.requests(),
              limits.maxRequestsInFlight());
    }
    if (held == null) {
      held =
          over(
              QuotaLimit.ENQUEUED_TOKENS,
              inFlight.tokens(),
              batch.tokens(),
              limits.maxEnqueuedTokens());
    }
    if (held == null) {
      held = over(QuotaLimit.LEARNED, unit.of(inFlight), unit.of(batch), learned.limit());
    }
    return held;
  }

  private static @Nullable Held over(QuotaLimit limit, long used, long more, long allowed) {
    return used > allowed - more ? new Held(limit, used, allowed, null) : null;
  }

  /** The configured limit in that unit; the largest number where there is none. */
  public long configured() {
    return unit == QuotaUnit.TOKENS ? limits.maxEnqueuedTokens() : limits.maxRequestsInFlight();
  }
}
