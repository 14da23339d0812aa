package dev.offpeak.ledger.proof;

import dev.offpeak.ledger.proof.Evidence.Line;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Compares ledger and provider by days of UTC. A request ran some time between its job's start and
 * its result, so a day that no job crosses must agree exactly, and days that jobs cross must agree
 * as a whole.
 */
public final class Proof {

  private Proof() {}

  /**
   * The days of an account, the first one first.
   *
   * @param settled before that day the provider's reports are taken for complete
   */
  public static List<DayProof> of(Evidence evidence, LocalDate settled) {
    List<DayProof> proofs = new ArrayList<>();
    for (Days days : spans(evidence)) {
      proofs.add(new Judgement(evidence, days, settled).proof());
    }
    return List.copyOf(proofs);
  }

  /** Days in a row that belong together. */
  record Days(LocalDate first, LocalDate last) {

    boolean has(LocalDate day) {
      return !day.isBefore(first) && !day.isAfter(last);
    }

    boolean has(LocalDate from, LocalDate to) {
      return !to.isBefore(first) && !from.isAfter(last);
    }
  }

  private static List<Days> spans(Evidence evidence) {
    List<Days> all = new ArrayList<>();
    for (Line line : evidence.lines()) {
      all.add(new Days(line.first(), line.last()));
    }
    new TreeSet<>(evidence.asked()).forEach(day -> all.add(new Days(day, day)));
    evidence.usage().forEach(each -> all.add(new Days(each.day(), each.day())));
    evidence.costs().forEach(each -> all.add(new Days(each.day(), each.day())));
    all.sort(Comparator.comparing(Days::first).thenComparing(Days::last));
    List<Days> joined = new ArrayList<>();
    for (Days next : all) {
      Days before = joined.isEmpty() ? null : joined.getLast();
      if (before == null || next.first().isAfter(before.last())) {
        joined.add(next);
      } else if (next.last().isAfter(before.last())) {
        joined.set(joined.size() - 1, new Days(before.first(), next.last()));
      }
    }
    return joined;
  }
}
