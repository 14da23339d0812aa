package dev.offpeak.core.outcome;

/**
 * Why a request has no answer.
 *
 * @param code ours ({@link FailureCode#id}) or the provider's own
 * @param message for a person
 * @param kind who can do something about it
 * @param as how it ended, in the providers' words
 * @param tryAgain whether Offpeak may try it again by itself: certainly not billed, and the cause
 *     may pass
 * @param worthSending whether a user who sends it again may succeed
 */
public record Trouble(
    String code, String message, FailureKind kind, As as, boolean tryAgain, boolean worthSending) {

  /** Ways to end without an answer. */
  public enum As {
    /** Never reached a provider. */
    REJECTED,
    ERRORED,
    CANCELED,
    EXPIRED
  }

  /** The same trouble, never to be tried again by Offpeak. */
  public Trouble withoutRetry() {
    return new Trouble(code, message, kind, as, false, worthSending);
  }

  /** The same trouble with more to say. */
  Trouble andSay(String more) {
    return new Trouble(code, message + more, kind, as, false, worthSending);
  }
}
