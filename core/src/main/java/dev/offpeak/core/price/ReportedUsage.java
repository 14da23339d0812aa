package dev.offpeak.core.price;

/**
 * What a provider says of the tokens of one request, and what that is worth.
 *
 * @param tokens those that can be counted with; what can't be is 0
 * @param standing whether a cost may be made of them
 */
public record ReportedUsage(TokenUsage tokens, Standing standing) {

  /** The provider says nothing of tokens. */
  public static final ReportedUsage MISSING = new ReportedUsage(TokenUsage.NONE, Standing.MISSING);

  /** What a report is worth. */
  public enum Standing {
    /** Numbers as they should be. */
    REPORTED,
    /** No word of tokens. */
    MISSING,
    /** Some number is none that tokens can have, such as a negative one. */
    IMPLAUSIBLE,
    /**
     * Something was used that price lists here have no price for, such as audio or web searches.
     */
    OTHER_METERS
  }

  /** Tokens that are as they should be. */
  public static ReportedUsage of(TokenUsage tokens) {
    return new ReportedUsage(tokens, Standing.REPORTED);
  }

  /** Whether a cost may be made of it. */
  public boolean isCertain() {
    return standing == Standing.REPORTED;
  }

  /** Whether it is a sign that the request was executed. */
  public boolean tellsOfWork() {
    return standing == Standing.IMPLAUSIBLE
        || standing == Standing.OTHER_METERS
        || !tokens.equals(TokenUsage.NONE);
  }
}
