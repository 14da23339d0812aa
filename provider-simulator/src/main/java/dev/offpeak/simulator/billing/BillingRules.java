package dev.offpeak.simulator.billing;

import java.math.BigDecimal;
import java.util.Map;

/**
 * Who may read the bill, and what is wrong with it.
 *
 * @param adminKeys organisation by admin key; empty: every key that looks like one is accepted, and
 *     sees all organisations
 * @param lateHours what was executed in so many last hours is not reported yet
 * @param priceFactor by which the price of a model is wrong, for instance {@code {gpt-4o: 1.1}}
 * @param foreignRequests requests a day of somebody else with the same key, each of 1,000 tokens
 * @param foreignModel their model
 * @param dropped so many billed requests a day are not reported, the first ones
 * @param doubled so many billed requests a day are reported twice, the first ones
 * @param digits amounts are written with so many digits, and amounts of nothing as {@code 0E-6176};
 *     0: with as many as they need
 */
public record BillingRules(
    Map<String, String> adminKeys,
    int lateHours,
    Map<String, BigDecimal> priceFactor,
    int foreignRequests,
    String foreignModel,
    int dropped,
    int doubled,
    int digits) {

  /** An honest bill that is there at once. */
  public static final BillingRules HONEST =
      new BillingRules(Map.of(), 0, Map.of(), 0, "gpt-4o-mini", 0, 0, 34);

  private static final int MOST_DIGITS = 34;

  public BillingRules {
    adminKeys = Map.copyOf(adminKeys);
    priceFactor = Map.copyOf(priceFactor);
    if (lateHours < 0 || foreignRequests < 0 || dropped < 0 || doubled < 0) {
      throw new IllegalArgumentException(
          "late_hours, foreign_requests, dropped and doubled must be 0 or more");
    }
    if (digits < 0 || digits > MOST_DIGITS) {
      throw new IllegalArgumentException("digits is " + digits + "; it must be 0 to 34");
    }
  }
}
