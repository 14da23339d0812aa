package dev.offpeak.results.shared.account;

import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.Accounts;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The configured accounts, each with an adapter that is made once. Safe for threads.
 *
 * @param <P> the adapter
 */
public final class AccountAdapters<P> {

  private final Accounts accounts;
  private final Function<Account, P> maker;
  private final Map<String, P> made = new ConcurrentHashMap<>();

  /**
   * Adapters of these accounts.
   *
   * @param maker makes the adapter of an account
   */
  public AccountAdapters(Accounts accounts, Function<Account, P> maker) {
    this.accounts = accounts;
    this.maker = maker;
  }

  /**
   * The account of that name.
   *
   * @throws RetryLater when it is not configured, or has no key
   */
  Account account(String name) throws RetryLater {
    Account account =
        accounts
            .find(name)
            .orElseThrow(
                () ->
                    RetryLater.whenMended(
                        "account '" + name + "' is not configured; add accounts." + name));
    if (!account.hasKey()) {
      throw RetryLater.whenMended(
          "account '" + name + "' has no key; set accounts." + name + ".api-key");
    }
    return account;
  }

  /**
   * The adapter of the account of that name.
   *
   * @throws RetryLater when it is not configured, or has no key
   */
  public P of(String name) throws RetryLater {
    Account account = account(name);
    return made.computeIfAbsent(name, _ -> maker.apply(account));
  }
}
