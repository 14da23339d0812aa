package dev.offpeak.submitter.webhook;

/** What a delivery is worth. */
sealed interface Verdict {

  /** It is the provider's, and new. */
  record Genuine() implements Verdict {}

  /** It is the provider's, and was here before. */
  record Repeated() implements Verdict {}

  /**
   * Nobody knows whose it is.
   *
   * @param reason for a person; tells nothing about the key
   */
  record Refused(String reason) implements Verdict {}
}
