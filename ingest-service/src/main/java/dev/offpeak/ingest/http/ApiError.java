package dev.offpeak.ingest.http;

import org.jspecify.annotations.Nullable;

/**
 * An error as the client sees it, in the shape of OpenAI's: {@code {"error": {"message", "type",
 * "param", "code"}}}.
 *
 * @param status of HTTP
 * @param code for programs, lower case
 * @param message what is wrong and what to do, for a person
 * @param param the header or field that is wrong; null when it is none in particular
 */
public record ApiError(int status, String code, String message, @Nullable String param) {

  /** The installation's own key is refused by the provider; only an operator can mend it. */
  public static final String UPSTREAM_ACCOUNT = "upstream_account";

  /** The provider may have executed a call whose answer is lost, and billed it. */
  public static final String UPSTREAM_LOST = "upstream_lost";

  /** An equal call is just being answered; made again it gets what that one makes. */
  public static final String CALL_IN_PROGRESS = "call_in_progress";

  /** What may be spent would not be enough. */
  public static final String BUDGET_EXCEEDED = "budget_exceeded";

  /** One that is about no header or field in particular. */
  public ApiError(int status, String code, String message) {
    this(status, code, message, null);
  }

  /**
   * Whether the same request would be refused again, where SDKs would try it by themselves: these
   * ask again after 408, 409, 429 and each 5xx unless they are told not to.
   */
  boolean isLasting() {
    return (status == 409 && !code.equals(CALL_IN_PROGRESS))
        || code.equals(UPSTREAM_ACCOUNT)
        || code.equals(BUDGET_EXCEEDED)
        || code.equals(UPSTREAM_LOST);
  }

  /** As that API has it: of money Anthropic's has a status of its own. */
  int status(Dialect dialect) {
    return code.equals(BUDGET_EXCEEDED) && dialect == Dialect.ANTHROPIC ? 402 : status;
  }

  /** Whose fault it is, in OpenAI's words, by the status. */
  String type() {
    if (code.equals(BUDGET_EXCEEDED)) {
      return "insufficient_quota";
    }
    return switch (status) {
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 429 -> "rate_limit_error";
      default -> status < 500 ? "invalid_request_error" : "server_error";
    };
  }
}
