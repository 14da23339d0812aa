package dev.offpeak.provider.call;

import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.provider.http.Effect;
import java.net.http.HttpHeaders;
import java.time.Duration;

/** What a provider's error answers mean. */
@FunctionalInterface
public interface ErrorMapping {

  /**
   * An answer whose status is not 2xx.
   *
   * @param operation of ours, such as {@code create}
   * @param body as it came; JSON or anything
   */
  ProviderError of(String operation, int status, HttpHeaders headers, byte[] body, Effect effect);

  /** The same; who asks us to wait for longer is asked again after this. */
  default ErrorMapping waitingAtMost(Duration longest) {
    return (operation, status, headers, body, effect) ->
        of(operation, status, headers, body, effect).waitingAtMost(longest);
  }
}
