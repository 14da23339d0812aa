package dev.offpeak.ledger.proof;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * A part of the difference, with its reason.
 *
 * @param about model and mode, or item of the bill
 * @param used theirs less ours
 * @param usd theirs less ours
 */
public record Residual(Kind kind, String about, Used used, BigDecimal usd) {

  /** Why the provider says something else. */
  public enum Kind {
    /** The provider's reports are not complete yet. */
    LATE("the provider has not reported it yet"),
    /** Executed, but its results are not in the ledger yet. */
    IN_FLIGHT("jobs of that time have not ended here"),
    /** Somebody else uses the account. */
    FOREIGN("nothing here asked for it: somebody else uses this account"),
    /** The tokens agree, and the money does not. */
    PRICE("the tokens agree, the price does not"),
    /** The provider did more than the ledger knows. */
    MISSING("the provider did it, and the ledger lacks it"),
    /** The ledger knows more than the provider did. */
    DOUBLED("the ledger has it more often than the provider did it"),
    /** No reason was found. */
    UNEXPLAINED("no reason was found");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** For a person. */
    public String words() {
      return words;
    }

    /** For a program. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  boolean isPending() {
    return kind == Kind.LATE || kind == Kind.IN_FLIGHT;
  }
}
