package dev.offpeak.provider.account;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.outcome.FailureCode;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Picks the account of a request: the wished one, or the first of the configuration that speaks the
 * dialect, is open to the tenant and takes the model. Accounts that name the tenant come before
 * those that are open to everybody, and accounts that can be used before those that are paused.
 */
public final class AccountRouter {

  private final List<Account> accounts;

  /** Routes among these accounts. */
  public AccountRouter(Accounts accounts) {
    this.accounts = accounts.all();
  }

  /** Where a request goes while no account is paused. */
  public Route route(Provider dialect, String model, String tenant, @Nullable String wished) {
    return route(dialect, model, tenant, wished, Set.of());
  }

  /**
   * Where a request goes. Messages name only accounts that the tenant may use.
   *
   * @param dialect whose request shape it has
   * @param wished name of an account, or null to go by the model
   * @param paused names of accounts that can't be used for now; a request goes there only by its
   *     own wish, or to wait when all that would take it are paused
   */
  public Route route(
      Provider dialect, String model, String tenant, @Nullable String wished, Set<String> paused) {
    List<Account> speaking =
        accounts.stream().filter(account -> account.provider() == dialect).toList();
    if (speaking.isEmpty()) {
      return noProvider(dialect, model);
    }
    List<Account> usable =
        speaking.stream()
            .filter(account -> account.isOpenTo(tenant))
            .sorted(Comparator.comparing(account -> !account.names(tenant)))
            .toList();
    if (wished == null) {
      return usable.stream()
          .filter(account -> account.takes(model))
          .min(Comparator.comparing(account -> paused.contains(account.name())))
          .<Route>map(Route.To::new)
          .orElseGet(() -> unknownModel(dialect, model, usable));
    }
    return usable.stream()
        .filter(account -> account.name().equals(wished))
        .findFirst()
        .map(account -> take(account, model))
        .orElseGet(() -> unknownAccount(dialect, tenant, wished, usable));
  }

  private Route noProvider(Provider dialect, String model) {
    String others =
        accounts.stream()
            .map(account -> account.provider().id())
            .distinct()
            .collect(Collectors.joining(", "));
    return new Route.Refused(
        FailureCode.PROVIDER_NOT_CONFIGURED,
        "the request has the shape of "
            + dialect.id()
            + " (model '"
            + model
            + "'), of which no account is configured; there are accounts of: "
            + others);
  }

  private static Route take(Account account, String model) {
    return account.takes(model)
        ? new Route.To(account)
        : unknownModel(account.provider(), model, List.of(account));
  }

  private static Route unknownModel(Provider dialect, String model, List<Account> usable) {
    return new Route.Refused(
        FailureCode.UNKNOWN_MODEL,
        "no "
            + dialect.id()
            + " account takes the model '"
            + model
            + "'; there are: "
            + list(usable, account -> account.name() + " " + account.models()));
  }

  private static Route unknownAccount(
      Provider dialect, String tenant, String wished, List<Account> usable) {
    return new Route.Refused(
        FailureCode.UNKNOWN_ACCOUNT,
        "tenant '"
            + tenant
            + "' has no "
            + dialect.id()
            + " account '"
            + wished
            + "'; there are: "
            + list(usable, Account::name));
  }

  private static String list(List<Account> accounts, Function<Account, String> text) {
    return accounts.isEmpty()
        ? "none"
        : accounts.stream().map(text).collect(Collectors.joining(", "));
  }
}
