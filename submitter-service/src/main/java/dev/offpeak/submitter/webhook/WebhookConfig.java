package dev.offpeak.submitter.webhook;

import dev.offpeak.runtime.config.Default;
import dev.offpeak.runtime.config.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Whose webhooks are taken, at {@code POST /webhooks/<account>}.
 *
 * @param secrets of each account, as the provider shows them when an endpoint is made ({@code
 *     whsec_...}); two while a rotation is under way. An account without secrets takes none
 * @param tolerance how far a webhook's time may be from ours, either way
 */
public record WebhookConfig(Map<String, List<Secret>> secrets, @Default("5m") Duration tolerance) {

  public WebhookConfig {
    if (!tolerance.isPositive()) {
      throw new IllegalArgumentException("tolerance is " + tolerance + "; it must be positive");
    }
    secrets.forEach(
        (account, ofAccount) -> {
          if (ofAccount.isEmpty()) {
            throw new IllegalArgumentException(
                "secrets of account " + account + " must name at least one");
          }
        });
  }

  /** No webhook is taken. */
  public static WebhookConfig none() {
    return new WebhookConfig(Map.of(), Duration.ofMinutes(5));
  }
}
