package dev.offpeak.ledger.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** US dollars, exact to 10^-12. */
public final class Usd {

  private static final int PICO = 12;
  private static final int CENTS = 2;
  private static final MathContext FOUR_DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);

  private Usd() {}

  /** Of so many 10^-12 dollars. */
  public static BigDecimal ofPico(BigDecimal pico) {
    return pico.movePointLeft(PICO);
  }

  /** Every digit, and no more. */
  public static String exact(BigDecimal usd) {
    return usd.signum() == 0 ? "0" : usd.stripTrailingZeros().toPlainString();
  }

  /** For a person: cents, or four digits of what is less than a dollar. */
  public static String shown(BigDecimal usd) {
    String sign = usd.signum() < 0 ? "-$" : "$";
    BigDecimal amount = usd.abs();
    if (amount.signum() == 0) {
      return "$0";
    }
    return amount.compareTo(BigDecimal.ONE) < 0
        ? sign + amount.round(FOUR_DIGITS).stripTrailingZeros().toPlainString()
        : sign
            + String.format(Locale.ROOT, "%,.2f", amount.setScale(CENTS, RoundingMode.HALF_EVEN));
  }
}
