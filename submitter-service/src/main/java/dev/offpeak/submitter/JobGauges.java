package dev.offpeak.submitter;

import dev.offpeak.core.job.JobState;
import dev.offpeak.core.job.Problem;
import dev.offpeak.submitter.batch.BatchPlace;
import dev.offpeak.submitter.partition.PartitionOwner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Counts the jobs of the owned partitions when metrics are read. */
final class JobGauges {

  private static final int MOST_REASONS = 10;

  private final Supplier<Collection<PartitionOwner>> owners;
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

  JobGauges(Supplier<Collection<PartitionOwner>> owners, Clock clock) {
    this.owners = owners;
    this.clock = clock;
  }

  int jobs(State wanted) {
    AtomicInteger count = new AtomicInteger();
    owners
        .get()
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

  /** How many jobs wait for a reason. */
  int troubled() {
    AtomicInteger count = new AtomicInteger();
    forEachTroubled((_, _) -> count.incrementAndGet());
    return count.get();
  }

  private void forEachTroubled(BiConsumer<BatchPlace, JobState> receiver) {
    owners
        .get()
        .forEach(
            owner ->
                owner.forEach(
                    (place, state) -> {
                      if (state.problem() != null) {
                        receiver.accept(place, state);
                      }
                    }));
  }

  /** Why jobs wait: each reason once, with how many there are and one of them. */
  String troubles() {
    Map<String, Integer> counts = new TreeMap<>();
    Map<String, String> samples = new HashMap<>();
    forEachTroubled(
        (place, state) -> {
          Problem problem = Objects.requireNonNull(state.problem());
          counts.merge(problem.code(), 1, Integer::sum);
          samples.putIfAbsent(
              problem.code(),
              "batch "
                  + place.batchId()
                  + " since "
                  + state.since()
                  + (state.waitsAtMostUntil() == null
                      ? ""
                      : ", until " + state.waitsAtMostUntil() + " at the latest")
                  + ": "
                  + problem.message());
        });
    return counts.entrySet().stream()
        .limit(MOST_REASONS)
        .map(
            each ->
                each.getValue() + " × " + each.getKey() + " (" + samples.get(each.getKey()) + ")")
        .collect(Collectors.joining("; "));
  }

  /** How long ago the oldest batch was sealed that is not at a provider. */
  Duration oldestHeld() {
    Instant now = clock.instant();
    AtomicReference<Instant> oldest = new AtomicReference<>(now);
    owners
        .get()
        .forEach(
            owner ->
                owner.forEach(
                    (place, state) -> {
                      boolean held = !State.SUBMITTED.covers(state);
                      if (held && place.sealedAt().isBefore(oldest.get())) {
                        oldest.set(place.sealedAt());
                      }
                    }));
    return Duration.between(oldest.get(), now);
  }
}
