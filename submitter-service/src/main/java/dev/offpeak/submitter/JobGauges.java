package dev.offpeak.submitter;

import dev.offpeak.core.job.JobState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Counts the jobs of the owned partitions when metrics are read. */
final class JobGauges {

  private final SubmitterService service;
  private final Clock clock;

  /** States as metrics name them. */
  enum State {
    SEALED,
    UPLOADING,
    UPLOADED,
    CREATING,
    SUBMITTED,
    QUARANTINED;

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean covers(JobState state) {
      return switch (state) {
        case JobState.Sealed _ -> this == SEALED;
        case JobState.Uploading _ -> this == UPLOADING;
        case JobState.Uploaded _ -> this == UPLOADED;
        case JobState.Creating _ -> this == CREATING;
        case JobState.Submitted _ -> this == SUBMITTED;
        case JobState.Quarantined _ -> this == QUARANTINED;
        case JobState.Ended _ -> false;
      };
    }
  }

  JobGauges(SubmitterService service, Clock clock) {
    this.service = service;
    this.clock = clock;
  }

  int jobs(State wanted) {
    AtomicInteger count = new AtomicInteger();
    service
        .owners()
        .forEach(
            owner ->
                owner.forEach(
                    (_, state) -> {
                      if (wanted.covers(state)) {
                        count.incrementAndGet();
                      }
                    }));
    return count.get();
  }

  /** Seconds since the oldest batch was sealed whose payload may still be needed. */
  long oldestHeld() {
    Instant now = clock.instant();
    AtomicReference<Instant> oldest = new AtomicReference<>(now);
    service
        .owners()
        .forEach(
            owner ->
                owner.forEach(
                    (place, state) -> {
                      boolean held = !State.SUBMITTED.covers(state);
                      if (held && place.sealedAt().isBefore(oldest.get())) {
                        oldest.set(place.sealedAt());
                      }
                    }));
    return Duration.between(oldest.get(), now).toSeconds();
  }
}
