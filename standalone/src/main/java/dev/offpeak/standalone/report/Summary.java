package dev.offpeak.standalone.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a finished run came to.
 *
 * @param progress the last
 * @param batches that were sealed, by provider
 * @param spends by model
 * @param spendsByProvider the same sums by provider
 * @param failures requests by code of failure
 * @param blank lines that were passed over
 * @param took from the start of this process's run to its end
 */
public record Summary(
    Progress progress,
    Map<String, Integer> batches,
    Map<String, Spend> spends,
    Map<String, Spend> spendsByProvider,
    Map<String, Failed> failures,
    long blank,
    Duration took) {

  private static final int PICO = 12;
  private static final int EXAMPLE = 200;
  private static final int CENTS = 2;
  private static final int SMALL = 4;

  /** Tokens and money of all models. */
  Spend spend() {
    return spends.values().stream().reduce(Spend.NONE, Spend::plus);
  }

  /** As text, one thing a line. */
  public String text() {
    Spend all = spend();
    StringBuilder text = new StringBuilder();
    row(text, "requests", count(progress.read()));
    row(text, "succeeded", count(progress.done()));
    row(text, "failed", count(progress.failed()));
    failures.forEach((code, failed) -> row(text, "", failed(code, failed)));
    if (progress.duplicates() > 0) {
      row(text, "duplicates", count(progress.duplicates()) + " dropped: same id, same body");
    }
    if (blank > 0) {
      row(text, "blank lines", count(blank) + " passed over");
    }
    row(text, "batches", batchCounts());
    row(text, "tokens", tokens(all));
    if (spends.size() > 1) {
      spends.forEach((model, spend) -> row(text, "", model + ": " + tokens(spend)));
    }
    row(text, "cost", usd(all.picoUsd()));
    if (spendsByProvider.size() > 1) {
      spendsByProvider.forEach(
          (provider, spend) -> row(text, "", provider + ": " + usd(spend.picoUsd())));
    }
    row(text, "synchronous", usd(all.syncPicoUsd()));
    row(text, "saved", usd(all.syncPicoUsd() - all.picoUsd()) + share(all));
    if (all.unpriced() > 0) {
      row(text, "not priced", count(all.unpriced()) + " requests, whose model has no price");
    }
    row(text, "took", "%d.%d s".formatted(took.toSeconds(), took.toMillisPart() / 100));
    return text.toString();
  }

  private String batchCounts() {
    String all = count(batches.values().stream().mapToInt(Integer::intValue).sum());
    return batches.size() < 2
        ? all
        : all
            + batches.entrySet().stream()
                .map(each -> each.getKey() + " " + count(each.getValue()))
                .collect(Collectors.joining(", ", " (", ")"));
  }

  private static String failed(String code, Failed failed) {
    String example = Visible.of(failed.example());
    String shown = example.length() <= EXAMPLE ? example : example.substring(0, EXAMPLE) + "…";
    return count(failed.requests()) + " " + code + (shown.isEmpty() ? "" : ", " + shown);
  }

  private static String tokens(Spend spend) {
    return count(spend.input()) + " in, " + count(spend.output()) + " out";
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "  %-12s %s%n", name, value));
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String share(Spend all) {
    return all.syncPicoUsd() == 0
        ? ""
        : String.format(
            Locale.ROOT,
            " (%.0f%%)",
            100.0 * (all.syncPicoUsd() - all.picoUsd()) / all.syncPicoUsd());
  }

  /** Dollars with cents, or with as many digits as a small sum needs to be seen. */
  private static String usd(long pico) {
    BigDecimal usd = BigDecimal.valueOf(pico, PICO);
    if (pico == 0) {
      return "$0.00";
    }
    if (usd.abs().compareTo(BigDecimal.TEN) >= 0) {
      return "$" + usd.setScale(CENTS, RoundingMode.HALF_UP).toPlainString();
    }
    // The first two digits of a sum, wherever they stand.
    int second = usd.scale() - usd.precision() + CENTS;
    return "$"
        + usd.setScale(Math.clamp(second, SMALL, PICO), RoundingMode.HALF_UP).toPlainString();
  }
}
