package dev.offpeak.ingest.budget;

import dev.offpeak.ingest.auth.Allowance;
import dev.offpeak.ingest.auth.Budget;
import dev.offpeak.ingest.auth.Caller;
import dev.offpeak.ingest.auth.Spender;
import dev.offpeak.ingest.auth.Window;
import dev.offpeak.schemas.avro.UsageRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * What may be spent, on every level or not at all. Whoever wants money writes it to llm.budgets and
 * reads it there: it has it when all that was written before and was spent leaves room for it
 * (decision 30). Safe for threads.
 */
public final class Budgets implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration OF_A_CREATE = Duration.ofMinutes(10);
  private static final Duration OF_A_LEASE = Duration.ofMinutes(2);
  private static final Duration IDLE = Duration.ofSeconds(10);

  /** Five USD. */
  private static final long LARGEST_LEASE = 5_000_000_000_000L;

  private static final int PART_OF_WHAT_IS_LEFT = 20;

  private record Asked(
      List<Budget> budgets, Hold hold, CompletableFuture<Optional<Shortfall>> answer) {}

  private static final class Leased {
    private final Lease lease = new Lease();
    private final String id;
    private Instant used = Instant.EPOCH;
    private long written;

    Leased(String id) {
      this.id = id;
    }
  }

  private final List<Budget> configured;
  private final HoldTopic topic;
  private final String gateway;
  private final Clock clock;
  private final Money money;
  private final CountDownLatch read = new CountDownLatch(1);
  private final Map<String, Asked> asked = new HashMap<>();
  private final Map<String, Hold> mine = new HashMap<>();
  private final Map<Spender, Leased> leases = new ConcurrentHashMap<>();
  private final Map<String, Long> unpriced = new HashMap<>();
  private final AtomicInteger made = new AtomicInteger();

  /**
   * @param gateway what this gateway calls itself; no other one does, not even after a restart
   * @param open how much of a batch has no outcome yet, from 0 to 1; negative when there is none
   */
  Budgets(
      List<Budget> configured,
      HoldTopic topic,
      String gateway,
      ToDoubleFunction<Hold> open,
      Clock clock) {
    this.configured = List.copyOf(configured);
    this.topic = topic;
    this.gateway = gateway;
    this.clock = clock;
    this.money = new Money(open);
  }

  /** All that a call has to be within. */
  public List<Budget> of(Caller caller, Spender spender) {
    List<Budget> all = new ArrayList<>(configured);
    all.removeIf(budget -> !budget.covers(spender));
    Allowance own = caller.terms().allowance();
    addOwn(all, caller.name(), Window.DAY, own.day());
    addOwn(all, caller.name(), Window.MONTH, own.month());
    return all;
  }

  private static void addOwn(List<Budget> all, String key, Window window, @Nullable Long limit) {
    if (limit != null) {
      all.add(new Budget("key '" + key + "'", null, key, null, null, window, limit));
    }
  }

  /** A record of llm.usage was read. */
  void used(UsageRecord usage) {
    Long cost = usage.getCostPicoUsd();
    if (cost != null && cost > 0) {
      Spender spender =
          new Spender(usage.getTenant(), usage.getKey(), usage.getTeam(), usage.getFeature());
      synchronized (money) {
        money.spend(spender, usage.getRecordedAt(), cost);
      }
    }
  }

  /** A record of llm.budgets was read. */
  void held(String id, @Nullable Hold hold) {
    Asked own;
    Optional<Shortfall> shortfall = Optional.empty();
    synchronized (money) {
      Instant now = clock.instant();
      own = hold == null ? null : asked.remove(id);
      if (hold == null) {
        money.release(id, now);
      } else if (own == null) {
        money.hold(hold);
      } else {
        shortfall = money.shortfall(own.budgets, own.hold, now);
        if (shortfall.isEmpty()) {
          money.hold(own.hold);
          mine.put(id, own.hold);
        }
      }
    }
    if (shortfall.isPresent()) {
      undo(id);
    }
    if (own != null) {
      own.answer.complete(shortfall);
    }
  }

  private void undo(String id) {
    Hold before;
    synchronized (money) {
      before = mine.get(id);
    }
    if (before == null) {
      topic.delete(id);
    } else {
      topic.write(before, _ -> {});
    }
  }

  /** All has been read that there was. */
  void opened() {
    read.countDown();
  }

  /**
   * Sets money aside for a batch; it is given back as its lines get their outcomes.
   *
   * @return what is missing; empty when it is set aside
   */
  public Optional<Shortfall> reserve(
      String batch, List<Budget> budgets, Spender spender, long amount)
      throws InterruptedException {
    Instant now = clock.instant();
    return budgets.isEmpty()
        ? Optional.empty()
        : ask(budgets, new Hold(batch, spender, amount, now, now.plus(OF_A_CREATE)));
  }

  /**
   * Takes money for a call at once.
   *
   * @return what is missing; empty when it is taken, to be settled later
   */
  public Optional<Shortfall> take(List<Budget> budgets, Spender spender, long estimate)
      throws InterruptedException {
    Leased of =
        leases.computeIfAbsent(
            spender, _ -> new Leased(Hold.LEASE + gateway + "/" + made.incrementAndGet()));
    synchronized (of) {
      Instant now = clock.instant();
      of.used = now;
      if (of.lease.take(estimate)) {
        return Optional.empty();
      }
      long inUse = of.lease.inUse(now);
      long left = left(budgets, of.id, now) - inUse;
      long chunk = Math.min(Math.max(0, left) / PART_OF_WHAT_IS_LEFT, LARGEST_LEASE);
      long amount = inUse + (chunk > estimate ? chunk : estimate);
      Hold wanted = new Hold(of.id, spender, amount, now, now.plus(OF_A_LEASE));
      Optional<Shortfall> shortfall = ask(budgets, wanted);
      if (shortfall.isEmpty()) {
        of.written = amount;
        of.lease.holds(amount, now);
        of.lease.take(estimate);
      }
      return shortfall;
    }
  }

  private long left(List<Budget> budgets, String except, Instant now) throws InterruptedException {
    awaitRead();
    synchronized (money) {
      return money.left(budgets, except, now);
    }
  }

  /**
   * A call for which money was taken has ended.
   *
   * @param cost null when nobody knows it: then it counts as it was estimated
   */
  public void settle(Spender spender, long estimate, @Nullable Long cost) {
    Leased of = leases.get(spender);
    if (of == null) {
      return;
    }
    synchronized (of) {
      of.lease.settle(estimate, cost, clock.instant());
    }
    if (cost == null && estimate > 0) {
      countUnpriced(of.id, spender, estimate);
    }
  }

  private void countUnpriced(String lease, Spender spender, long estimate) {
    Instant now = clock.instant();
    String id = Hold.UNPRICED + lease + "/" + Window.DAY.begin(now);
    long sum;
    synchronized (money) {
      sum = unpriced.merge(id, estimate, Long::sum);
    }
    topic.write(new Hold(id, spender, sum, now, Window.MONTH.end(now)), _ -> {});
  }

  private Optional<Shortfall> ask(List<Budget> budgets, Hold hold) throws InterruptedException {
    awaitRead();
    var answer = new CompletableFuture<Optional<Shortfall>>();
    synchronized (money) {
      Optional<Shortfall> already = money.shortfall(budgets, hold, clock.instant());
      if (already.isPresent()) {
        return already;
      }
      asked.put(hold.id(), new Asked(budgets, hold, answer));
    }
    topic.write(hold, answer::completeExceptionally);
    try {
      return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      synchronized (money) {
        asked.remove(hold.id());
      }
      undo(hold.id());
      throw new KafkaException("money could not be set aside in llm.budgets", e);
    }
  }

  private void awaitRead() throws InterruptedException {
    if (!read.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new KafkaException("llm.budgets and llm.usage are not read yet");
    }
  }

  /** Writes how leases stand, and gives back those that nobody uses: now and then. */
  void sweep() {
    Instant now = clock.instant();
    leases.forEach(
        (spender, of) -> {
          synchronized (of) {
            long amount = of.lease.amount(now);
            if (of.lease.isIdle(now) && of.used.plus(IDLE).isBefore(now)) {
              giveBack(of, now);
            } else if (of.written > 0) {
              of.written = amount;
              write(new Hold(of.id, spender, amount, now, now.plus(OF_A_LEASE)));
            }
          }
        });
  }

  private void giveBack(Leased of, Instant now) {
    if (of.written > 0) {
      of.lease.holds(0, now);
      of.written = 0;
      synchronized (money) {
        mine.remove(of.id);
      }
      topic.delete(of.id);
    }
  }

  private void write(Hold hold) {
    synchronized (money) {
      mine.put(hold.id(), hold);
    }
    topic.write(hold, _ -> {});
  }

  /** Gives back what nobody uses any more. */
  @Override
  public void close() {
    Instant now = clock.instant();
    leases
        .values()
        .forEach(
            of -> {
              synchronized (of) {
                giveBack(of, now);
              }
            });
  }
}
