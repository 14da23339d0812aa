package dev.offpeak.results.shared.account;

import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.Accounts;
import dev.offpeak.schemas.avro.JobEnded;
import java.time.Duration;
import java.util.function.Function;

/**
 * The configured accounts. A job made with another key or at another address than an account has
 * now is not looked for there: its files would seem to be gone.
 */
public final class AccountAccess implements ProviderAccess {

  private static final Duration USUAL_WINDOW = Duration.ofDays(1);

  private final Accounts accounts;
  private final AccountAdapters<BatchProvider> adapters;

  /**
   * Access to these accounts.
   *
   * @param adapters makes the adapter of an account
   */
  public AccountAccess(Accounts accounts, Function<Account, BatchProvider> adapters) {
    this.accounts = accounts;
    this.adapters = new AccountAdapters<>(accounts, adapters);
  }

  @Override
  public BatchProvider of(JobEnded job) throws RetryLater {
    String name = job.getAccount();
    Account account = adapters.account(name);
    String digest = job.getAccountDigest();
    if (!digest.isEmpty() && !digest.equals(account.keyDigest())) {
      throw RetryLater.whenMended(
          "account '"
              + name
              + "' has another key, project or address than when the job was made (at "
              + job.getBaseUrl()
              + "); give it the old ones, or set accounts."
              + name
              + ".identity when only the key was renewed");
    }
    return adapters.of(name);
  }

  @Override
  public Duration window(String account) {
    return accounts.find(account).map(found -> found.limits().window()).orElse(USUAL_WINDOW);
  }
}
