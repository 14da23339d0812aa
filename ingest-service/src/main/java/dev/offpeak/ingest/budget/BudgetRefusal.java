package dev.offpeak.ingest.budget;

import dev.offpeak.ingest.auth.Budget;
import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;

/** How it is said that money does not suffice: which, how much is left, until when. */
final class BudgetRefusal {

  private static final int PICO = 12;
  private static final int SHOWN = 6;

  private BudgetRefusal() {}

  /**
   * No SDK tries again by itself.
   *
   * @param what is refused, such as "this call"
   */
  static ApiException of(Shortfall shortfall, String what, long estimate) {
    Budget budget = shortfall.budget();
    String window = budget.window().name().toLowerCase(Locale.ROOT);
    return new ApiException(
        new ApiError(
            429,
            ApiError.BUDGET_EXCEEDED,
            "The budget of %s for this %s is %s USD: %s is left of it until %s (%s spent, %s set aside), and %s may cost %s"
                .formatted(
                    budget.name(),
                    window,
                    usd(budget.limit()),
                    usd(shortfall.left()),
                    shortfall.until(),
                    usd(shortfall.spent()),
                    usd(shortfall.held()),
                    what,
                    usd(estimate))),
        Map.of(
            "x-offpeak-budget",
            printable(budget.name() + "/" + window),
            "x-offpeak-budget-left",
            usd(shortfall.left()),
            "x-offpeak-budget-resets-at",
            shortfall.until().toString()));
  }

  static ApiException unpriced(String model, Budget budget) {
    return new ApiException(
        new ApiError(
            400,
            "model_without_price",
            "the model '"
                + model
                + "' has no price here (prices.file), so that the budget of "
                + budget.name()
                + " can't be kept with it",
            "model"));
  }

  private static String printable(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }

  private static String usd(long pico) {
    return BigDecimal.valueOf(pico, PICO)
        .setScale(SHOWN, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
