package dev.offpeak.ingest.budget;

import dev.offpeak.ingest.auth.Budget;
import dev.offpeak.ingest.auth.Spender;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What was spent and what is set aside, and whether more would be too much. Comes to the same
 * wherever the same records are read in the same order. Not safe for threads.
 */
final class Money {

  /** What is given back counts for a while: it may have been spent, and that not been read yet. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final int DAYS_KEPT = 40;

  private final Map<Spender, TreeMap<LocalDate, Long>> spent = new HashMap<>();
  private final Map<String, Hold> holds = new HashMap<>();
  private final ToDoubleFunction<Hold> open;

  /**
   * Nothing yet.
   *
   * @param open how much of a batch has no outcome yet, from 0 to 1; negative when there is none
   */
  Money(ToDoubleFunction<Hold> open) {
    this.open = open;
  }

  /** So much was billed. */
  void spend(Spender spender, Instant at, long amount) {
    LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
    TreeMap<LocalDate, Long> days = spent.computeIfAbsent(spender, _ -> new TreeMap<>());
    days.merge(day, amount, Money::plus);
    days.headMap(day.minusDays(DAYS_KEPT)).clear();
  }

  /** So much is set aside. */
  void hold(Hold hold) {
    holds.put(hold.id(), hold);
  }

  /** That is set aside no longer. */
  void release(String id, Instant now) {
    holds.computeIfPresent(
        id,
        (_, hold) ->
            new Hold(
                hold.id(),
                hold.spender(),
                hold.isOfBatch() ? 0 : hold.amount(),
                hold.at(),
                now.plus(GRACE)));
  }

  /** The first budget that does not suffice; empty when all do. */
  Optional<Shortfall> shortfall(List<Budget> budgets, Hold wanted, Instant now) {
    holds.values().removeIf(hold -> amount(hold, now) == 0 && !hold.expires().isAfter(now));
    for (Budget budget : budgets) {
      long was = spent(budget, now);
      long held = held(budget, now, wanted.id());
      if (plus(plus(was, held), wanted.amount()) > budget.limit()) {
        return Optional.of(
            new Shortfall(budget, was, held, wanted.amount(), budget.window().end(now)));
      }
    }
    return Optional.empty();
  }

  /** What is left of the budget of which least is; what is held under that id is not counted. */
  long left(List<Budget> budgets, @Nullable String except, Instant now) {
    return budgets.stream()
        .mapToLong(budget -> budget.limit() - plus(spent(budget, now), held(budget, now, except)))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private long spent(Budget budget, Instant now) {
    LocalDate begin = budget.window().begin(now);
    long sum = 0;
    for (Map.Entry<Spender, TreeMap<LocalDate, Long>> each : spent.entrySet()) {
      if (budget.covers(each.getKey())) {
        for (long day : each.getValue().tailMap(begin).values()) {
          sum = plus(sum, day);
        }
      }
    }
    return sum;
  }

  private long held(Budget budget, Instant now, @Nullable String except) {
    Instant begin = budget.window().begin(now).atStartOfDay().toInstant(ZoneOffset.UTC);
    long sum = 0;
    for (Hold hold : holds.values()) {
      if (!hold.id().equals(except) && budget.covers(hold.spender()) && hold.counts(begin)) {
        sum = plus(sum, amount(hold, now));
      }
    }
    return sum;
  }

  private long amount(Hold hold, Instant now) {
    double part = hold.isOfBatch() ? open.applyAsDouble(hold) : -1;
    if (part >= 0) {
      return (long) Math.ceil(hold.amount() * part);
    }
    return hold.expires().isAfter(now) ? hold.amount() : 0;
  }

  /** Beyond nine million USD all is the same. */
  private static long plus(long one, long other) {
    long sum = one + other;
    return one >= 0 && other >= 0 && sum < 0 ? Long.MAX_VALUE : sum;
  }
}
