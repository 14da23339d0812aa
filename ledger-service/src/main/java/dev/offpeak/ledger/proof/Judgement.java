package dev.offpeak.ledger.proof;

import dev.offpeak.ledger.proof.DayProof.State;
import dev.offpeak.ledger.proof.Evidence.Cost;
import dev.offpeak.ledger.proof.Evidence.Job;
import dev.offpeak.ledger.proof.Evidence.Line;
import dev.offpeak.ledger.proof.Residual.Kind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds out what days come to, and names each part of a difference. */
final class Judgement {

  private static final BigDecimal CENT = new BigDecimal("0.01");
  private static final Comparator<What> ORDER =
      Comparator.comparing(What::model).thenComparing(What::mode);

  private final Evidence evidence;
  private final Proof.Days days;
  private final boolean settled;
  private final Map<What, Used> ours = new TreeMap<>(ORDER);
  private final Map<What, Used> theirs = new TreeMap<>(ORDER);
  private final Map<String, BigDecimal> oursUsd = new TreeMap<>();
  private final Map<String, BigDecimal> theirsUsd = new TreeMap<>();
  private final List<Job> jobs;
  private final List<Cost> costs;

  Judgement(Evidence evidence, Proof.Days days, LocalDate settled) {
    this.evidence = evidence;
    this.days = days;
    this.settled = days.last().isBefore(settled);
    for (Line line : evidence.lines()) {
      if (days.has(line.first(), line.last())) {
        ours.merge(line.what(), line.used(), Used::plus);
        if (line.usd() != null) {
          oursUsd.merge(line.what().model(), line.usd(), BigDecimal::add);
        }
      }
    }
    evidence.usage().stream()
        .filter(each -> days.has(each.day()))
        .forEach(each -> theirs.merge(each.what(), each.used(), Used::plus));
    jobs = evidence.jobs().stream().filter(job -> days.has(job.first(), job.last())).toList();
    costs = evidence.costs().stream().filter(cost -> days.has(cost.day())).toList();
    costs.forEach(cost -> theirsUsd.merge(model(cost.item()), cost.usd(), BigDecimal::add));
  }

  /** The model that an item of the bill is about; the item itself when it is about none of them. */
  private String model(String item) {
    Set<String> known = new TreeSet<>(oursUsd.keySet());
    ours.keySet().forEach(what -> known.add(what.model()));
    theirs.keySet().forEach(what -> known.add(what.model()));
    return known.stream()
        .filter(name -> item.equals(name) || item.matches("\\Q" + name + "\\E[ ,-].*"))
        .max(Comparator.comparingInt(String::length))
        .orElse(item);
  }

  DayProof proof() {
    if (days.first().datesUntil(days.last().plusDays(1)).noneMatch(evidence.asked()::contains)) {
      return proof(State.NOT_ASKED, List.of());
    }
    List<Residual> residuals = new ArrayList<>();
    Set<What> all = new TreeSet<>(ORDER);
    all.addAll(ours.keySet());
    all.addAll(theirs.keySet());
    all.forEach(what -> tokens(what, residuals));
    if (!costs.isEmpty()) {
      money(residuals);
    }
    return proof(state(residuals), residuals);
  }

  private void tokens(What what, List<Residual> residuals) {
    Used reported = theirs.getOrDefault(what, Used.NONE);
    Used booked = ours.getOrDefault(what, Used.NONE);
    // Anthropic's reports do not say how many requests there were.
    boolean counted = reported.isNothing() || reported.requests() > 0;
    Used more = reported.minus(counted ? booked : booked.uncounted());
    if (!more.isNothing()) {
      residuals.add(new Residual(kind(what, more), what.toString(), more, BigDecimal.ZERO));
    }
  }

  private Kind kind(What what, Used more) {
    List<Job> same = jobs.stream().filter(job -> job.mayHave(what)).toList();
    if (more.isNowhereNegative()) {
      if (same.stream().anyMatch(job -> !job.ended())) {
        return Kind.IN_FLIGHT;
      }
      boolean known = ours.containsKey(what) || !same.isEmpty();
      if (!known) {
        return Kind.FOREIGN;
      }
      boolean lacking = same.stream().anyMatch(job -> job.done() > job.booked());
      return lacking || !what.mode().equals("batch") ? Kind.MISSING : Kind.FOREIGN;
    }
    if (Used.NONE.minus(more).isNowhereNegative()) {
      if (same.stream().anyMatch(job -> job.ended() && job.booked() > job.done())) {
        return Kind.DOUBLED;
      }
      return settled ? Kind.UNEXPLAINED : Kind.LATE;
    }
    return settled ? Kind.UNEXPLAINED : Kind.LATE;
  }

  /** Gives each model's difference of money to the reason that its tokens have, or to its price. */
  private void money(List<Residual> residuals) {
    Set<String> models = new TreeSet<>(oursUsd.keySet());
    models.addAll(theirsUsd.keySet());
    for (String model : models) {
      BigDecimal more =
          theirsUsd
              .getOrDefault(model, BigDecimal.ZERO)
              .subtract(oursUsd.getOrDefault(model, BigDecimal.ZERO));
      if (more.signum() != 0) {
        money(model, more, residuals);
      }
    }
  }

  private void money(String model, BigDecimal more, List<Residual> residuals) {
    for (int i = 0; i < residuals.size(); i++) {
      Residual of = residuals.get(i);
      if (of.about().startsWith(model + " ")) {
        residuals.set(i, new Residual(of.kind(), of.about(), of.used(), more));
        return;
      }
    }
    boolean isOurs = ours.keySet().stream().anyMatch(what -> what.model().equals(model));
    boolean isBilled = theirsUsd.getOrDefault(model, BigDecimal.ZERO).signum() != 0;
    Kind kind = !isOurs ? Kind.UNEXPLAINED : isBilled || settled ? Kind.PRICE : Kind.LATE;
    residuals.add(new Residual(kind, model, Used.NONE, more));
  }

  private State state(List<Residual> residuals) {
    if (residuals.isEmpty()) {
      return costs.isEmpty() && !settled && !ours.isEmpty() ? State.WAITING : State.PROVED;
    }
    boolean rounded =
        residuals.stream().allMatch(of -> of.kind() == Kind.PRICE)
            && difference(residuals).abs().compareTo(tolerance()) <= 0;
    if (rounded) {
      return State.WITHIN_TOLERANCE;
    }
    return residuals.stream().allMatch(Residual::isPending) ? State.WAITING : State.DIFFERS;
  }

  private static BigDecimal difference(List<Residual> residuals) {
    return residuals.stream().map(Residual::usd).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** One unit of the last digit of each amount that is reported, and of none more than a cent. */
  private BigDecimal tolerance() {
    return costs.stream()
        .map(cost -> cost.usd().ulp().min(CENT))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private DayProof proof(State state, List<Residual> residuals) {
    return new DayProof(
        evidence.account(),
        days.first(),
        days.last(),
        state,
        ours.values().stream().reduce(Used.NONE, Used::plus),
        theirs.values().stream().reduce(Used.NONE, Used::plus),
        oursUsd.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add),
        costs.isEmpty()
            ? null
            : theirsUsd.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add),
        residuals);
  }
}
