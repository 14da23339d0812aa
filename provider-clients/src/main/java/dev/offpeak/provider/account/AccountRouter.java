package dev.offpeak.provider.account;

import dev.offpeak.core.lane.LineShape;
import dev.offpeak.core.outcome.FailureCode;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Picks the account of a request: the wished one, or the first of the configuration that takes the
 * shape, is open to the tenant and takes the model. Accounts that name the tenant come before those
 * that are open to everybody, and accounts that can be used before those that are paused.
 */
public final class AccountRouter {

  private final List<Account> accounts;

  /** Routes among these accounts. */
  public AccountRouter(Accounts accounts) {
    this.accounts = accounts.all();
  }

  /** Where a request goes while no account is paused. */
  public Route route(LineShape shape, String model, String tenant, @Nullable String wished) {
    return route(shape, null, model, tenant, wished, Set.of());
  }

  /**
   * Where a request goes. Messages name only accounts that the tenant may use.
   *
   * @param shape that the request has
   * @param endpoint that the account's batches must take, or null for a call that is no batch
   * @param wished name of an account, or null to go by the model
   * @param paused names of accounts that can't be used for now; a request goes there only by its
   *     own wish, or to wait when all that would take it are paused
   */
  public Route route(
      LineShape shape,
      @Nullable String endpoint,
      String model,
      String tenant,
      @Nullable String wished,
      Set<String> paused) {
    List<Account> speaking =
        accounts.stream().filter(account -> account.profile().shape() == shape).toList();
    if (speaking.isEmpty()) {
      return noProvider(shape, model);
    }
    List<Account> open =
        speaking.stream()
            .filter(account -> account.isOpenTo(tenant))
            .filter(account -> wished == null || account.name().equals(wished))
            .sorted(Comparator.comparing(account -> !account.names(tenant)))
            .toList();
    List<Account> usable = open.stream().filter(account -> has(account, endpoint)).toList();
    if (usable.isEmpty() && !open.isEmpty()) {
      return unknownEndpoint(String.valueOf(endpoint), open);
    }
    if (wished == null) {
      return usable.stream()
          .filter(account -> account.takes(model))
          .min(Comparator.comparing(account -> paused.contains(account.name())))
          .<Route>map(Route.To::new)
          .orElseGet(() -> unknownModel(shape, model, usable));
    }
    return usable.stream()
        .findFirst()
        .map(account -> take(account, model))
        .orElseGet(
            () ->
                unknownAccount(
                    shape,
                    tenant,
                    wished,
                    speaking.stream().filter(account -> account.isOpenTo(tenant)).toList()));
  }

  private static boolean has(Account account, @Nullable String endpoint) {
    return endpoint == null || account.endpoints().contains(endpoint);
  }

  private static Route unknownEndpoint(String endpoint, List<Account> open) {
    return new Route.Refused(
        FailureCode.UNSUPPORTED_ENDPOINT,
        "no account takes the endpoint '"
            + endpoint
            + "' in batches; there are: "
            + list(open, account -> account.name() + " " + account.endpoints()));
  }

  private Route noProvider(LineShape shape, String model) {
    String others =
        accounts.stream()
            .map(account -> account.provider().id())
            .distinct()
            .collect(Collectors.joining(", "));
    return new Route.Refused(
        FailureCode.PROVIDER_NOT_CONFIGURED,
        "the request has the shape of "
            + shape.home().id()
            + " (model '"
            + model
            + "'), of which no account is configured; there are accounts of: "
            + others);
  }

  private static Route take(Account account, String model) {
    return account.takes(model)
        ? new Route.To(account)
        : unknownModel(account.profile().shape(), model, List.of(account));
  }

  private static Route unknownModel(LineShape shape, String model, List<Account> usable) {
    return new Route.Refused(
        FailureCode.UNKNOWN_MODEL,
        "no "
            + shape.home().id()
            + " account takes the model '"
            + model
            + "'; there are: "
            + list(usable, account -> account.name() + " " + account.models()));
  }

  private static Route unknownAccount(
      LineShape shape, String tenant, String wished, List<Account> usable) {
    return new Route.Refused(
        FailureCode.UNKNOWN_ACCOUNT,
        "tenant '"
            + tenant
            + "' has no "
            + shape.home().id()
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
