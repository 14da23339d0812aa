package dev.offpeak.results.urgent;

import dev.offpeak.provider.SyncProvider;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.Accounts;
import dev.offpeak.results.wait.NotYet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The synchronous APIs of the configured accounts. Safe for threads. */
public final class SyncAccounts {

  private final Accounts accounts;
  private final Function<Account, SyncProvider> adapters;
  private final Map<String, SyncProvider> providers = new ConcurrentHashMap<>();

  /**
   * Those of these accounts.
   *
   * @param adapters makes the adapter of an account
   */
  public SyncAccounts(Accounts accounts, Function<Account, SyncProvider> adapters) {
    this.accounts = accounts;
    this.adapters = adapters;
  }

  /**
   * The API of that account.
   *
   * @throws NotYet when it is not configured, or has no key
   */
  SyncProvider of(String name) throws NotYet {
    Account account =
        accounts
            .find(name)
            .orElseThrow(
                () ->
                    NotYet.whenMended(
                        "account '" + name + "' is not configured; add accounts." + name));
    if (!account.hasKey()) {
      throw NotYet.whenMended(
          "account '" + name + "' has no key; set accounts." + name + ".api-key");
    }
    return providers.computeIfAbsent(name, _ -> adapters.apply(account));
  }
}
