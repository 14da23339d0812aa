package dev.offpeak.submitter.webhook;

/** What a delivery is worth. */
sealed interface DeliveryVerdict {

  /** It is the provider's, and new. */
  record Genuine() implements DeliveryVerdict {}

  /** It is the provider's, and was here before. */
  record Repeated() implements DeliveryVerdict {}

  /**
   * Nobody knows whose it is.
   *
   * @param reason for a person; tells nothing about the key
   */
  record Refused(String reason) implements DeliveryVerdict {}
}
