package dev.offpeak.provider.call;

import dev.offpeak.provider.ProviderError;
import dev.offpeak.provider.http.Effect;
import java.net.http.HttpHeaders;

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
}
