package dev.offpeak.core.job.rule;

import dev.offpeak.core.provider.ProviderError;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Each kind of error once. */
enum Kind {
  RETRYABLE,
  RATE_LIMITED,
  AMBIGUOUS,
  QUEUE_FULL,
  INVALID_INPUT,
  ACCOUNT,
  GONE,
  REJECTED,
  PAYLOAD_UNREADABLE,
  PAYLOAD_EXPIRED;

  static Kind of(ProviderError error) {
    return switch (error) {
      case ProviderError.Retryable _ -> RETRYABLE;
      case ProviderError.RateLimited _ -> RATE_LIMITED;
      case ProviderError.Ambiguous _ -> AMBIGUOUS;
      case ProviderError.QuotaExceeded _ -> QUEUE_FULL;
      case ProviderError.InvalidLines _ -> INVALID_INPUT;
      case ProviderError.AccountProblem _ -> ACCOUNT;
      case ProviderError.Gone _ -> GONE;
      case ProviderError.Rejected _ -> REJECTED;
      case ProviderError.PayloadUnreadable _ -> PAYLOAD_UNREADABLE;
      case ProviderError.PayloadExpired _ -> PAYLOAD_EXPIRED;
    };
  }

  ProviderError error(String code, String message) {
    return error(code, message, null);
  }

  /**
   * An error of this kind.
   *
   * @param after how long to wait, where such an error can say so
   */
  ProviderError error(String code, String message, @Nullable Duration after) {
    return switch (this) {
      case RETRYABLE -> new ProviderError.Retryable(code, message);
      case RATE_LIMITED -> new ProviderError.RateLimited(code, message, after);
      case AMBIGUOUS -> new ProviderError.Ambiguous(code, message);
      case QUEUE_FULL -> new ProviderError.QuotaExceeded(code, message, after);
      case INVALID_INPUT -> new ProviderError.InvalidLines(code, message, List.of());
      case ACCOUNT -> new ProviderError.AccountProblem(code, message);
      case GONE -> new ProviderError.Gone(code, message);
      case REJECTED -> new ProviderError.Rejected(code, message);
      case PAYLOAD_UNREADABLE -> new ProviderError.PayloadUnreadable(code, message);
      case PAYLOAD_EXPIRED -> new ProviderError.PayloadExpired(code, message);
    };
  }
}
