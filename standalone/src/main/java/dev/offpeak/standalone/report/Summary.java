package dev.offpeak.standalone.report;

import dev.offpeak.core.text.Visible;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
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
 * @param unreported answers whose tokens their provider did not report, or not plausibly
 * @param blank lines that were passed over
 * @param left what of the run is still at its providers
 * @param took from the start of this process's run to its end
 */
public record Summary(
    Progress progress,
    Map<String, Integer> batches,
    Map<String, Spend> spends,
    Map<String, Spend> spendsByProvider,
    Map<String, Failed> failures,
    long unreported,
    long blank,
    List<LeftFile> left,
    Duration took) {

  private static final int PICO = 12;
  private static final int EXAMPLE = 200;
  private static final int CENTS = 2;
  private static final int SMALL = 4;
  private static final int MOST_LEFT = 10;

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
    if (unreported > 0) {
      row(text, "not counted", count(unreported) + " answers, whose tokens are not told plausibly");
    }
    long unpriced = all.unpriced() - unreported;
    if (unpriced > 0) {
      row(text, "not priced", count(unpriced) + " requests, whose model has no price");
    }
    left(text);
    row(text, "took", "%d.%d s".formatted(took.toSeconds(), took.toMillisPart() / 100));
    return text.toString();
  }

  private void left(StringBuilder text) {
    if (left.isEmpty()) {
      return;
    }
    row(text, "not deleted", count(left.size()) + " at the provider, which lets them expire");
    left.stream()
        .limit(MOST_LEFT)
        .forEach(each -> row(text, "", bounded(Visible.of(each.file() + ": " + each.reason()))));
    if (left.size() > MOST_LEFT) {
      row(text, "", "and " + count(left.size() - MOST_LEFT) + " more, which the log names");
    }
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
    String shown = bounded(Visible.of(failed.example()));
    return count(failed.requests()) + " " + code + (shown.isEmpty() ? "" : ", " + shown);
  }

  private static String bounded(String text) {
    return text.length() <= EXAMPLE ? text : text.substring(0, EXAMPLE) + "…";
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
