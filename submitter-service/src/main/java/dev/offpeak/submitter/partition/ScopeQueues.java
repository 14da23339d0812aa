package dev.offpeak.submitter.partition;

import dev.offpeak.core.quota.QuotaPolicy;
import dev.offpeak.core.quota.QuotaUnit;
import dev.offpeak.provider.LostCreate.Recognition;
import dev.offpeak.submitter.account.AccountBook;
import dev.offpeak.submitter.account.AccountUse.Usable;
import dev.offpeak.submitter.batch.BatchPlace;
import dev.offpeak.submitter.ledger.KnownJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The queues of a partition's quota scopes. Guarded by the partition's lock. */
final class ScopeQueues {

  private final AccountBook accounts;
  private final Map<String, ScopeQueue> scopes = new HashMap<>();

  ScopeQueues(AccountBook accounts) {
    this.accounts = accounts;
  }

  /** The queue of the batch's scope. */
  ScopeQueue of(BatchPlace place) {
    return scopes.computeIfAbsent(place.scope(), _ -> queue(place));
  }

  private ScopeQueue queue(BatchPlace place) {
    if (accounts.find(place.lane().provider(), place.lane().account()) instanceof Usable usable) {
      return new ScopeQueue(
          new QuotaPolicy(usable.limits(), QuotaUnit.of(place.lane().provider())),
          usable.provider().lostCreate().recognition() == Recognition.BY_TIME_AND_COUNT);
    }
    return new ScopeQueue(null, false);
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

  /** Takes those out that are to go at once, whatever the quota says. */
  List<KnownJob> takeOut(Predicate<BatchPlace> which) {
    return scopes.values().stream().flatMap(scope -> scope.takeOut(which).stream()).toList();
  }

  /** Tells each batch that waits. */
  void forEachWaiting(Consumer<KnownJob> receiver) {
    scopes.values().forEach(scope -> scope.forEachWaiting(receiver));
  }
}
