package dev.offpeak.provider.adapter;

import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.CallListener;
import dev.offpeak.provider.SyncProvider;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.Connection;
import dev.offpeak.provider.account.Timeouts;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;

/** Makes the adapters of an account. */
public final class BatchProviders {

  private static final Duration CONNECT = Duration.ofSeconds(10);

  private BatchProviders() {}

  /** An HTTP client as the adapters want it: HTTP/1.1, no redirects, a connect timeout. */
  public static HttpClient newHttpClient() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(CONNECT)
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .build();
  }

  /**
   * The adapter for that account, unobserved, which waits as the account says.
   *
   * @throws IllegalStateException when the account has no key
   */
  public static BatchProvider of(Account account, HttpClient client, Clock clock) {
    return of(account, client, clock, account.calls(), CallListener.NONE);
  }

  /**
   * The adapter for that account.
   *
   * @param listener told of each call
   * @throws IllegalStateException when the account has no key
   */
  public static BatchProvider of(
      Account account, HttpClient client, Clock clock, Timeouts timeouts, CallListener listener) {
    return account.profile().batches(account, new Connection(client, clock, timeouts, listener));
  }

  /**
   * The synchronous API as that account sees it.
   *
   * @param longest no call may take longer, whatever its own limit
   * @param listener told of each call
   * @throws IllegalStateException when the account has no key
   */
  public static SyncProvider sync(
      Account account, HttpClient client, Clock clock, Duration longest, CallListener listener) {
    return account
        .profile()
        .sync(account, new Connection(client, clock, Timeouts.within(longest), listener));
  }
}
