package dev.offpeak.ingest.proxy;

import dev.offpeak.ingest.auth.Caller;
import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.ingest.http.Dialect;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.account.AccountRouter;
import dev.offpeak.provider.account.Accounts;
import dev.offpeak.provider.account.Route;
import dev.offpeak.provider.adapter.BuiltInProviders;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which account makes a call: the one by which the batcher would send it, when it has a key. */
final class Destinations {

  private static final HeaderName ACCOUNT = HeaderNames.create("x-offpeak-account");

  private final List<Account> accounts;
  private final @Nullable AccountRouter router;

  /** Among these; there may be none. */
  Destinations(Map<String, AccountConfig> configs) {
    Accounts all = configs.isEmpty() ? null : Accounts.of(configs, BuiltInProviders.PROFILES);
    accounts = all == null ? List.of() : all.all().stream().filter(Account::hasKey).toList();
    router = all == null || accounts.isEmpty() ? null : new AccountRouter(all);
  }

  /**
   * The account for a model.
   *
   * @throws ApiException when there is none
   */
  Account of(Dialect dialect, String model, Caller caller, ServerRequest request) {
    if (router == null) {
      throw none("no account of this installation takes calls at once (accounts)");
    }
    String wished = request.headers().first(ACCOUNT).orElse(null);
    return switch (router.route(dialect.shape(), model, caller.tenantOrDefault(), wished)) {
      case Route.To(Account account) when account.hasKey() -> account;
      case Route.To(Account account) ->
          throw none(
              "the account '"
                  + account.name()
                  + "' that takes the model '"
                  + model
                  + "' has no key here, so that it takes batches only");
      case Route.Refused(var _, String message) -> throw none(message);
    };
  }

  /**
   * The first account whose provider speaks that dialect.
   *
   * @throws ApiException when there is none
   */
  Account first(Dialect dialect, Caller caller) {
    return accounts.stream()
        .filter(account -> account.profile().shape() == dialect.shape())
        .filter(account -> account.isOpenTo(caller.tenantOrDefault()))
        .findFirst()
        .orElseThrow(
            () ->
                none("no account of " + dialect.shape().home().id() + " is configured (accounts)"));
  }

  private static ApiException none(String message) {
    return new ApiException(new ApiError(404, "model_not_found", message, "model"));
  }
}
