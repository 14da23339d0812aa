package dev.offpeak.results.download;

import dev.offpeak.provider.ProviderError;
import dev.offpeak.results.wait.NotYet;

/** What a provider's refusal means for the next try. */
public final class Refusals {

  private Refusals() {}

  /**
   * When to try again, and why not now.
   *
   * @param what was tried, such as {@code download file-1}
   */
  public static NotYet of(String what, ProviderError error) {
    String reason = what + ": " + error.code() + ": " + error.message();
    return switch (error) {
      case ProviderError.RateLimited limited -> NotYet.undelivered(reason, limited.after());
      case ProviderError.QuotaExceeded full -> NotYet.undelivered(reason, full.after());
      case ProviderError.AccountProblem _ ->
          NotYet.whenMended(reason + " (mend the account; it goes on by itself)");
      case ProviderError.Retryable _,
          ProviderError.Rejected _,
          ProviderError.Ambiguous _,
          ProviderError.InvalidLines _,
          ProviderError.Gone _,
          ProviderError.PayloadUnreadable _ ->
          NotYet.undelivered(reason, null);
    };
  }
}
