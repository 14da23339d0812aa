package dev.offpeak.provider.account;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.outcome.FailureCode;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Picks the account of a request: the wished one, or the first of the configuration that speaks the
 * dialect, is open to the tenant and takes the model.
 */
public final class AccountRouter {

  private final List<Account> accounts;

  /** Routes among these accounts. */
  public AccountRouter(Accounts accounts) {
    this.accounts = accounts.all();
  }

  /**
   * Where a request goes. Messages name only accounts that the tenant may use.
   *
   * @param dialect whose request shape it has
   * @param wished name of an account, or null to go by the model
   */
  public Route route(Provider dialect, String model, String tenant, @Nullable String wished) {
    List<Account> usable =
        accounts.stream()
            .filter(account -> account.provider() == dialect && account.isOpenTo(tenant))
            .toList();
    if (wished == null) {
      return usable.stream()
          .filter(account -> account.takes(model))
          .findFirst()
          .<Route>map(Route.To::new)
          .orElseGet(() -> unknownModel(dialect, model, usable));
    }
    return usable.stream()
        .filter(account -> account.name().equals(wished))
        .findFirst()
        .map(account -> take(account, model))
        .orElseGet(() -> unknownAccount(dialect, tenant, wished, usable));
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
