package dev.offpeak.runtime.health;

/** What a health check found. */
public sealed interface CheckResult {

  /** All is well. */
  record Ok() implements CheckResult {}

  /**
   * It is not.
   *
   * @param reason what is wrong, for the person who is woken up
   */
  record NotOk(String reason) implements CheckResult {}

  /** All is well. */
  static CheckResult ok() {
    return new Ok();
  }

  /** It is not, and why. */
  static CheckResult notOk(String reason) {
    return new NotOk(reason);
  }

  /** All is well when the condition holds; the reason otherwise. */
  static CheckResult okIf(boolean condition, String reasonOtherwise) {
    return condition ? ok() : notOk(reasonOtherwise);
  }
}
