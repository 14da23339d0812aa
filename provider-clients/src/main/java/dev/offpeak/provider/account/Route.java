package dev.offpeak.provider.account;

import dev.offpeak.core.outcome.FailureCode;

/** Where a request goes. */
public sealed interface Route {

  /** To that account. */
  record To(Account account) implements Route {}

  /**
   * Nowhere.
   *
   * @param code {@link FailureCode#PROVIDER_NOT_CONFIGURED}, {@link FailureCode#UNKNOWN_MODEL} or
   *     {@link FailureCode#UNKNOWN_ACCOUNT}
   * @param message for the user: what was asked for and what there is
   */
  record Refused(FailureCode code, String message) implements Route {}
}
