package dev.offpeak.submitter.account;

import dev.offpeak.core.control.ControlState;
import dev.offpeak.core.job.Problem;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.wait.Backoff;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.Accounts;
import dev.offpeak.submitter.account.AccountUse.Unusable;
import dev.offpeak.submitter.account.AccountUse.Usable;
import dev.offpeak.submitter.batch.AccountFingerprint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The accounts of this process, and which of them may act for a job. */
public final class AccountBook {

  private final Accounts accounts;
  private final Map<String, Usable> usable = new LinkedHashMap<>();

  /**
   * A book of these accounts; those without a key can't be used.
   *
   * @param adapters makes the adapter of an account that has a key
   * @param control knows which accounts an operator has paused
   * @param backoff between looks at an account that can't be used
   */
  public AccountBook(
      Accounts accounts,
      Function<Account, BatchProvider> adapters,
      ControlState control,
      Backoff backoff) {
    this.accounts = accounts;
    for (Account account : accounts.all()) {
      if (account.hasKey()) {
        usable.put(
            account.name(),
            new Usable(
                adapters.apply(account),
                account.limits(),
                account.profile().quotaUnit(),
                new AccountFingerprint(account.baseUrl().toString(), account.keyDigest()),
                new AccountGate(account.name(), control, backoff)));
      }
    }
  }

  /** The account for a job on which nobody has acted. */
  public AccountUse find(Provider provider, String name) {
    Account account = accounts.find(name).orElse(null);
    if (account == null || !account.provider().equals(provider)) {
      return new Unusable(
          new Problem(
              FailureCode.ACCOUNT_MISSING.id(),
              "there is no " + provider.id() + " account '" + name + "' in the configuration"));
    }
    Usable use = usable.get(name);
    return use == null
        ? new Unusable(
            new Problem(
                FailureCode.ACCOUNT_WITHOUT_KEY.id(),
                "account '" + name + "' has no key; set accounts." + name + ".api-key"))
        : use;
  }

  /**
   * The account for a job that bears this mark: another account of the same name may not be asked
   * about it.
   */
  public AccountUse find(Provider provider, String name, AccountFingerprint mark) {
    AccountUse found = find(provider, name);
    if (!(found instanceof Usable use)
        || mark.equals(AccountFingerprint.NONE)
        || mark.equals(use.mark())) {
      return found;
    }
    return new Unusable(
        new Problem(
            FailureCode.ACCOUNT_CHANGED.id(),
            "the job belongs to another account: '"
                + name
                + "' was at "
                + mark.baseUrl()
                + " with the key identity "
                + mark.digest()
                + ", now it is at "
                + use.mark().baseUrl()
                + " with "
                + use.mark().digest()
                + "; configure the old one again, or set its identity to the same name"));
  }

  /** Which accounts are not called, and why; empty when all are. */
  public String troubles() {
    return usable.entrySet().stream()
        .map(account -> trouble(account.getKey(), account.getValue().gate().problem()))
        .filter(trouble -> !trouble.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private static String trouble(String name, @Nullable Problem problem) {
    return problem == null
        ? ""
        : "account '" + name + "': " + problem.code() + ", " + problem.message();
  }

  /** Accounts that can be called, by name. */
  public Map<String, Usable> usable() {
    return Map.copyOf(usable);
  }
}
