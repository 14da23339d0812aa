package dev.offpeak.provider.adapter;

import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.SyncProvider;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.Timeouts;
import dev.offpeak.provider.anthropic.AnthropicProvider;
import dev.offpeak.provider.anthropic.AnthropicSync;
import dev.offpeak.provider.gemini.GeminiProvider;
import dev.offpeak.provider.gemini.GeminiSync;
import dev.offpeak.provider.http.CallListener;
import dev.offpeak.provider.http.JdkTransport;
import dev.offpeak.provider.http.ObservedTransport;
import dev.offpeak.provider.http.Transport;
import dev.offpeak.provider.openai.OpenAiProvider;
import dev.offpeak.provider.openai.OpenAiSync;
import dev.offpeak.runtime.time.Sleeper;
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
    Transport transport =
        new ObservedTransport(new JdkTransport(client, timeouts), account, clock, listener);
    return switch (account.provider()) {
      case OPENAI -> new OpenAiProvider(account, transport, timeouts, clock);
      case ANTHROPIC -> new AnthropicProvider(account, transport, timeouts, clock);
      case GEMINI -> new GeminiProvider(account, transport, timeouts, clock, Sleeper.system());
    };
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
    Timeouts timeouts = Timeouts.within(longest);
    Transport transport =
        new ObservedTransport(new JdkTransport(client, timeouts), account, clock, listener);
    return switch (account.provider()) {
      case OPENAI -> new OpenAiSync(account, transport, clock);
      case ANTHROPIC -> new AnthropicSync(account, transport, clock);
      case GEMINI -> new GeminiSync(account, transport, clock);
    };
  }
}
