package dev.offpeak.results.completions.download;

import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.wait.RetryLater;

/** What a provider's refusal means for the next try. */
public final class RefusedDownloads {

  private RefusedDownloads() {}

  /**
   * When to try again, and why not now.
   *
   * @param what was tried, such as {@code download file-1}
   */
  public static RetryLater of(String what, ProviderError error) {
    String reason = what + ": " + error.code() + ": " + error.message();
    return switch (error) {
      case ProviderError.RateLimited limited -> RetryLater.undelivered(reason, limited.after());
      case ProviderError.QuotaExceeded full -> RetryLater.undelivered(reason, full.after());
      case ProviderError.AccountProblem _ ->
          RetryLater.whenMended(reason + " (mend the account; it goes on by itself)");
      case ProviderError.Retryable _,
          ProviderError.Rejected _,
          ProviderError.Ambiguous _,
          ProviderError.InvalidLines _,
          ProviderError.Gone _,
          ProviderError.PayloadUnreadable _,
          ProviderError.PayloadExpired _ ->
          RetryLater.undelivered(reason, null);
    };
  }
}
