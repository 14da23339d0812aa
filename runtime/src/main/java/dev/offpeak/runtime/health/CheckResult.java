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

  /**
   * It works, and there is something that somebody should know.
   *
   * @param words what it is
   */
  record Noted(String words) implements CheckResult {}

  /** All is well. */
  static CheckResult ok() {
    return new Ok();
  }

  /** It is not, and why. */
  static CheckResult notOk(String reason) {
    return new NotOk(reason);
  }

  /** It works, and that should be known; all is well when there are no words. */
  static CheckResult noted(String words) {
    return words.isEmpty() ? ok() : new Noted(words);
  }

  /** All is well when the condition holds; the reason otherwise. */
  static CheckResult okIf(boolean condition, String reasonOtherwise) {
    return condition ? ok() : notOk(reasonOtherwise);
  }
}
