package dev.offpeak.ledger.proof;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of an account's days from both sides.
 *
 * @param asked days of which the provider was asked
 */
public record Evidence(
    String account,
    List<Line> lines,
    List<Job> jobs,
    Set<LocalDate> asked,
    List<Reported> usage,
    List<Cost> costs) {

  public Evidence {
    lines = List.copyOf(lines);
    jobs = List.copyOf(jobs);
    asked = Set.copyOf(asked);
    usage = List.copyOf(usage);
    costs = List.copyOf(costs);
  }

  /**
   * Of the ledger: what was executed some time between two days, and we don't know when.
   *
   * @param usd null when it has no price
   */
  public record Line(
      LocalDate first, LocalDate last, What what, Used used, @Nullable BigDecimal usd) {}

  /**
   * A provider's job, by its own count.
   *
   * @param ended whether it has ended
   * @param done requests that the provider says it has done
   * @param booked requests of it in the ledger
   */
  public record Job(
      String batchId,
      LocalDate first,
      LocalDate last,
      What what,
      boolean ended,
      long done,
      long booked) {

    /** A job without a model has requests of several. */
    boolean mayHave(What other) {
      return what.equals(other) || (what.model().isEmpty() && what.mode().equals(other.mode()));
    }
  }

  /** Of the provider's usage report. */
  public record Reported(LocalDate day, What what, Used used) {}

  /**
   * Of the provider's cost report.
   *
   * @param item as the provider calls it
   * @param usd with as many digits as it was given with
   */
  public record Cost(LocalDate day, String item, BigDecimal usd) {}
}
