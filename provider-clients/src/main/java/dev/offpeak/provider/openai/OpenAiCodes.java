package dev.offpeak.provider.openai;

import dev.offpeak.provider.ResultLine.Verdict;
import java.util.Set;

/** What OpenAI's error codes mean. */
final class OpenAiCodes {

  private static final Set<String> ACCOUNT =
      Set.of(
          "insufficient_quota",
          "billing_hard_limit_reached",
          "billing_not_active",
          "billing_limit_user_error",
          "account_deactivated",
          "account_suspended",
          "access_terminated",
          "organization_deactivated",
          "invalid_organization",
          "invalid_api_key");

  private static final Set<String> TURNED_DOWN =
      Set.of(
          "overloaded",
          "overloaded_error",
          "engine_overloaded",
          "engine_overloaded_error",
          "server_overloaded",
          "server_is_overloaded",
          "slow_down",
          "rate_limit_exceeded");

  private static final Set<String> TRANSIENT =
      Set.of("server_error", "internal_error", "rate_limit_exceeded", "timeout", "overloaded");

  private OpenAiCodes() {}

  /** Whether the account can't be used until somebody mends it, whatever the status. */
  static boolean isAccount(String code) {
    return ACCOUNT.contains(code);
  }

  /** Whether it says that the call was not taken, and did nothing, with whatever status. */
  static boolean isTurnedDown(String code) {
    return TURNED_DOWN.contains(code);
  }

  /**
   * What an error line means: by its code where that is certain, else by its HTTP status. Only
   * completed requests are billed (docs/providers A3), so what failed by itself may be tried again.
   */
  static Verdict verdict(int status, String code) {
    if (isAccount(code)) {
      return Verdict.ACCOUNT;
    }
    if (TRANSIENT.contains(code)) {
      return Verdict.RETRYABLE;
    }
    return switch (status) {
      case 401, 402, 403 -> Verdict.ACCOUNT;
      case 408, 409, 429 -> Verdict.RETRYABLE;
      default -> {
        if (status >= 500) {
          yield Verdict.RETRYABLE;
        }
        yield status >= 400 ? Verdict.YOUR_INPUT : Verdict.PROVIDER;
      }
    };
  }
}
