package dev.offpeak.ledger.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Calls at full price that a batch would have made for less, if they could have waited.
 *
 * @param mode {@code sync}: a batch could not keep the deadline; else they were asked live
 * @param inBatch about what a batch would have cost: the providers halve it
 */
public record Missed(
    String team, String feature, String model, String mode, UsageSum sum, BigDecimal inBatch) {

  /** What they are told apart by. */
  public static final List<By> BY = List.of(By.TEAM, By.FEATURE, By.MODEL, By.MODE);

  private static final String BATCH = "batch";
  private static final String SYNC = "sync";
  private static final BigDecimal HALF = new BigDecimal("0.5");

  /** Those of a period, the dearest first. */
  public static List<Missed> of(UsageReport usage, Period period, Map<By, String> only) {
    return usage.sums(BY, period, only).stream()
        .filter(sum -> !sum.keys().getLast().equals(BATCH))
        .map(
            sum ->
                new Missed(
                    sum.keys().get(0),
                    sum.keys().get(1),
                    sum.keys().get(2),
                    sum.keys().get(3),
                    sum,
                    sum.cost().multiply(HALF)))
        .toList();
  }

  /** About what was paid too much. */
  public BigDecimal saving() {
    return sum.cost().subtract(inBatch);
  }

  /** Why it was no batch. */
  public String reason() {
    return mode.equals(SYNC) ? "no batch could keep its deadline" : "was asked live";
  }

  /** What would catch it. */
  public String remedy() {
    return mode.equals(SYNC)
        ? "a later deadline (offpeak-deadline), or none"
        : "send it to llm.requests or as a batch of the gateway (/v1/batches)";
  }
}
