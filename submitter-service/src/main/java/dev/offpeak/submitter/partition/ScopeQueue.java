package dev.offpeak.submitter.partition;

import dev.offpeak.core.job.JobState.Sealed;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.quota.BytesPerToken;
import dev.offpeak.core.quota.InFlight;
import dev.offpeak.core.quota.QuotaLessons;
import dev.offpeak.core.quota.QuotaLimit;
import dev.offpeak.core.quota.QuotaPolicy;
import dev.offpeak.core.quota.QuotaVerdict;
import dev.offpeak.core.quota.WaitingBatch;
import dev.offpeak.runtime.health.Waiting;
import dev.offpeak.submitter.batch.BatchPlace;
import dev.offpeak.submitter.ledger.KnownJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one quota scope: those that wait, by urgency, and what is in flight. Guarded by
 * its partition's lock.
 */
final class ScopeQueue {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final @Nullable QuotaPolicy policy;
  private final boolean oneCreateAtATime;
  private final PriorityQueue<KnownJob> ready =
      new PriorityQueue<>(
          Comparator.comparing((KnownJob job) -> waiting(job.place()), WaitingBatch.ORDER));
  private final PriorityQueue<KnownJob> later =
      new PriorityQueue<>(Comparator.comparing(ScopeQueue::notBefore));
  private final Map<String, BatchPlace> inFlight = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Deque<Instant> creates = new ArrayDeque<>();
  private QuotaLessons lessons;
  private QuotaLessons told;
  private boolean heldByLearned;
  private @Nullable Instant nextLook;
  private @Nullable Instant heldSince;
  private QuotaVerdict.@Nullable Held held;
  private @Nullable String creating;

  /**
   * An empty queue.
   *
   * @param policy null where the account can't be used, so that nothing may go
   * @param lessons what the provider has taught before
   * @param oneCreateAtATime whether creates can't be told apart when an answer is lost
   */
  ScopeQueue(@Nullable QuotaPolicy policy, QuotaLessons lessons, boolean oneCreateAtATime) {
    this.policy = policy;
    this.lessons = lessons;
    this.told = lessons;
    this.oneCreateAtATime = oneCreateAtATime;
  }

  /** A batch waits from now on. */
  void offer(KnownJob job) {
    inFlight.remove(job.place().batchId());
    if (notBefore(job).equals(Instant.MIN)) {
      ready.add(job);
    } else {
      later.add(job);
    }
  }

  private static Instant notBefore(KnownJob job) {
    return job.state() instanceof Sealed sealed && sealed.notBefore() != null
        ? sealed.notBefore()
        : Instant.MIN;
  }

  /** The next batch whose turn it is, which is in flight from now on; null when none may go. */
  @Nullable KnownJob next(Instant now) {
    while (!later.isEmpty() && !notBefore(later.element()).isAfter(now)) {
      ready.add(later.remove());
    }
    nextLook = later.isEmpty() ? null : notBefore(later.element());
    KnownJob head = ready.peek();
    if (head == null || policy == null) {
      held = null;
      return null;
    }
    return switch (policy.decide(lessons.limit(), flying(now), waiting(head.place()), now)) {
      case QuotaVerdict.Go _ -> {
        held = null;
        heldByLearned = false;
        ready.remove();
        creates.add(now);
        flies(head.place());
        yield head;
      }
      case QuotaVerdict.Held verdict -> {
        heldSince = held == null || heldSince == null ? now : heldSince;
        held = verdict;
        heldByLearned = verdict.by() == QuotaLimit.LEARNED;
        nextLook = earlier(nextLook, verdict.until());
        yield null;
      }
    };
  }

  private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isBefore(b) ? a : b;
  }

  private InFlight flying(Instant now) {
    while (!creates.isEmpty() && !creates.element().plus(MINUTE).isAfter(now)) {
      creates.remove();
    }
    long requests = 0;
    long tokens = 0;
    for (BatchPlace place : inFlight.values()) {
      requests += place.requests();
      tokens += tokens(place);
    }
    return new InFlight(inFlight.size(), requests, tokens, List.copyOf(creates));
  }

  private WaitingBatch waiting(BatchPlace place) {
    return place.waiting(tokens(place));
  }

  /** What the provider has reported of others tells more than the batcher's guess. */
  private long tokens(BatchPlace place) {
    BytesPerToken reported = lessons.bytesPerToken();
    return reported == null ? place.tokens() : reported.tokensOf(place.bytes());
  }

  /** So many bytes of input files had so many tokens. */
  void usage(long bytes, long tokens) {
    lessons = lessons.reported(bytes, tokens);
  }

  /** When it is worth asking {@link #next} again, if nothing happens before. */
  @Nullable Instant nextLook() {
    return nextLook;
  }

  /** What the quota holds back, or null when it holds nothing back. */
  @Nullable Waiting waits() {
    if (held == null || heldSince == null || ready.isEmpty()) {
      return null;
    }
    BatchPlace head = ready.element().place();
    String reason =
        String.format(
            Locale.ROOT,
            "quota of %s, %s: %,d of %,d in use%s",
            head.scope(),
            held.by().id(),
            held.used(),
            held.allowed(),
            held.until() == null ? "; a job must end first" : "");
    String work = ready.size() == 1 ? "batch " + head.batchId() : ready.size() + " batches";
    return new Waiting(work, reason, heldSince, held.until());
  }

  /** The batch is in flight, whatever the quota says: it was before. */
  void flies(BatchPlace place) {
    inFlight.put(place.batchId(), place);
  }

  /** The batch is in flight no longer. */
  void landed(BatchPlace place) {
    inFlight.remove(place.batchId());
    taken.remove(place.batchId());
    createSettled(place);
  }

  /** Takes those out that are to go at once, whatever the quota says. */
  Collection<KnownJob> takeOut(Predicate<BatchPlace> which) {
    List<KnownJob> out = new ArrayList<>();
    for (PriorityQueue<KnownJob> queue : List.of(ready, later)) {
      queue.stream().filter(job -> which.test(job.place())).forEach(out::add);
      queue.removeIf(job -> which.test(job.place()));
    }
    return out;
  }

  /** Whether that batch may create now. */
  boolean tryCreate(BatchPlace place) {
    if (oneCreateAtATime && creating != null && !creating.equals(place.batchId())) {
      return false;
    }
    creating = place.batchId();
    return true;
  }

  void createSettled(BatchPlace place) {
    if (place.batchId().equals(creating)) {
      creating = null;
    }
  }

  /** The provider had no room for it. */
  void refused(BatchPlace place, ProviderError why, Instant now) {
    if (policy == null) {
      return;
    }
    InFlight flying = flying(now);
    long batch = policy.unit().of(waiting(place));
    long all = policy.unit().of(flying);
    long others = inFlight.containsKey(place.batchId()) ? all - batch : all;
    lessons = lessons.with(lessons.limit().refused(others, batch, why.boundedAfter(), now));
  }

  /** What the provider has taught, when that has changed since the last time; else null. */
  @Nullable QuotaLessons takeNews() {
    QuotaLessons news = lessons.equals(told) ? null : lessons;
    told = lessons;
    return news;
  }

  /** The provider has taken it. */
  void accepted(BatchPlace place) {
    if (inFlight.containsKey(place.batchId()) && taken.add(place.batchId())) {
      lessons = lessons.with(lessons.limit().accepted(heldByLearned && !ready.isEmpty()));
    }
  }

  /** Tells each batch that waits. */
  void forEachWaiting(Consumer<KnownJob> receiver) {
    ready.forEach(receiver);
    later.forEach(receiver);
  }
}
