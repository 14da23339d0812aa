package dev.offpeak.submitter.partition;

import dev.offpeak.core.lane.QuotaScope;
import dev.offpeak.core.quota.QuotaLessons;
import dev.offpeak.core.quota.QuotaPolicy;
import dev.offpeak.runtime.health.Waiting;
import dev.offpeak.submitter.account.AccountBook;
import dev.offpeak.submitter.account.AccountUse.Usable;
import dev.offpeak.submitter.batch.AccountFingerprint;
import dev.offpeak.submitter.batch.BatchPlace;
import dev.offpeak.submitter.ledger.JobLedgerEntry;
import dev.offpeak.submitter.ledger.KnownJob;
import dev.offpeak.submitter.quota.KnownQuota;
import dev.offpeak.submitter.quota.QuotaRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The queues of a partition's quota scopes. Guarded by the partition's lock. */
final class ScopeQueues {

  private final AccountBook accounts;
  private final Map<String, ScopeQueue> scopes = new HashMap<>();
  private final Map<String, KnownQuota> known = new HashMap<>();

  ScopeQueues(AccountBook accounts) {
    this.accounts = accounts;
  }

  /** What providers have taught before, for queues that are made from now on. */
  void remember(List<KnownQuota> quotas) {
    quotas.forEach(quota -> known.put(quota.scope().id(), quota));
  }

  /** What providers have taught since the last time. */
  List<JobLedgerEntry.Taught> taught(Instant now) {
    List<JobLedgerEntry.Taught> all = new ArrayList<>();
    scopes.forEach(
        (id, queue) -> {
          QuotaScope scope = QuotaScope.parse(id);
          QuotaLessons lessons = queue.takeNews();
          if (lessons != null
              && accounts.find(scope.provider(), scope.account()) instanceof Usable usable) {
            KnownQuota quota = new KnownQuota(scope, usable.mark().digest(), lessons);
            QuotaPolicy policy = policy(usable);
            all.add(new JobLedgerEntry.Taught(QuotaRecords.of(quota, policy, now)));
          }
        });
    return all;
  }

  private static QuotaPolicy policy(Usable account) {
    return new QuotaPolicy(account.limits(), account.unit());
  }

  /** Another account of the same name has another quota. */
  private QuotaLessons before(String scope, AccountFingerprint account) {
    KnownQuota quota = known.get(scope);
    return quota == null || !quota.accountDigest().equals(account.digest())
        ? QuotaLessons.NONE
        : quota.lessons();
  }

  /** The queue of the batch's scope. */
  ScopeQueue of(BatchPlace place) {
    return scopes.computeIfAbsent(place.scope(), _ -> queue(place));
  }

  private ScopeQueue queue(BatchPlace place) {
    if (accounts.find(place.lane().provider(), place.lane().account()) instanceof Usable usable) {
      return new ScopeQueue(
          policy(usable),
          before(place.scope(), usable.mark()),
          usable.provider().recovery().oneCreateAtATime());
    }
    return new ScopeQueue(null, QuotaLessons.NONE, false);
  }

  /** All whose turn it is; they are in flight from now on. */
  List<KnownJob> next(Instant now) {
    List<KnownJob> all = new ArrayList<>();
    for (ScopeQueue scope : scopes.values()) {
      for (KnownJob job = scope.next(now); job != null; job = scope.next(now)) {
        all.add(job);
      }
    }
    return all;
  }

  /** When it is worth asking {@link #next} again, at the latest at that time. */
  Instant nextLook(Instant latest) {
    Instant next = latest;
    for (ScopeQueue scope : scopes.values()) {
      Instant look = scope.nextLook();
      if (look != null && look.isBefore(next)) {
        next = look;
      }
    }
    return next;
  }

  /** What quotas hold back. */
  List<Waiting> waits() {
    return scopes.values().stream().map(ScopeQueue::waits).filter(Objects::nonNull).toList();
  }

  /** Takes those out that are to go at once, whatever the quota says. */
  List<KnownJob> takeOut(Predicate<BatchPlace> which) {
    return scopes.values().stream().flatMap(scope -> scope.takeOut(which).stream()).toList();
  }

  /** Tells each batch that waits. */
  void forEachWaiting(Consumer<KnownJob> receiver) {
    scopes.values().forEach(scope -> scope.forEachWaiting(receiver));
  }
}
