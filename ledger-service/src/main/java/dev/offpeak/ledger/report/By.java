package dev.offpeak.ledger.report;

import java.util.Locale;

/** What sums can be told apart by. */
public enum By {
  /** Who pays. */
  TENANT("tenant"),
  /** The label {@code team}. */
  TEAM("team"),
  /** The label {@code feature}. */
  FEATURE("feature"),
  /** The provider. */
  PROVIDER("provider"),
  /** The account at the provider. */
  ACCOUNT("account"),
  /** The endpoint of the API. */
  ENDPOINT("endpoint"),
  /** The model. */
  MODEL("model"),
  /** In a batch, or synchronously. */
  MODE("mode"),
  /** The day, of UTC as the providers'. */
  DAY("on_day");

  private final String column;

  By(String column) {
    this.column = column;
  }

  String column() {
    return column;
  }

  /** As it is called in options and addresses. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return word();
  }
}
