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
 * @param host the address to bind to; there is no listening at all without secrets. What the world
 *     may reach is this address only, and not that of health and metrics
 * @param port 0 takes any free one
 * @param tolerance how far a webhook's time may be from ours, either way
 */
public record WebhookConfig(
    Map<String, List<Secret>> secrets,
    @Default("127.0.0.1") String host,
    @Default("8091") int port,
    @Default("5m") Duration tolerance) {

  private static final int HIGHEST_PORT = 65535;

  public WebhookConfig {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "port must be 0 to " + HIGHEST_PORT + ", not " + port + "; 0 takes any free port");
    }
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
    return new WebhookConfig(Map.of(), "127.0.0.1", 0, Duration.ofMinutes(5));
  }
}
