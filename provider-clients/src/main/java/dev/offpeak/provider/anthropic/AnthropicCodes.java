package dev.offpeak.provider.anthropic;

import dev.offpeak.provider.ResultLine.Verdict;

/** What Anthropic's error types mean (docs/providers B4). */
final class AnthropicCodes {

  private AnthropicCodes() {}

  /** Whether the account can't be used until somebody mends it. */
  static boolean isAccount(String type) {
    return switch (type) {
      case "authentication_error", "billing_error", "permission_error" -> true;
      default -> false;
    };
  }

  /** Whether a limit on money is reached, which can come as a 429 and passes with no wait. */
  static boolean isMoney(String code) {
    return code.contains("spend_limit")
        || code.startsWith("linked_organization_")
        || code.equals("enforced_limit_reached");
  }

  /** Whether it says that the call was not taken, and did nothing, with whatever status. */
  static boolean isTurnedDown(String type) {
    return type.equals("overloaded_error") || type.equals("rate_limit_error");
  }

  /** What an errored request means: a model that does not exist is {@code not_found_error}. */
  static Verdict verdict(String type) {
    if (isAccount(type)) {
      return Verdict.ACCOUNT;
    }
    return switch (type) {
      case "api_error", "overloaded_error", "timeout_error", "rate_limit_error", "conflict_error" ->
          Verdict.RETRYABLE;
      case "invalid_request_error", "invalid_request", "request_too_large", "not_found_error" ->
          Verdict.YOUR_INPUT;
      default -> Verdict.PROVIDER;
    };
  }
}
