package dev.offpeak.simulator.http;

import dev.offpeak.simulator.chance.Mix;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which keys are accepted and whose they are. When none are configured every key is accepted, each
 * as an organisation of its own.
 */
public final class AccessKeys {
  private final Map<String, String> organisations;
  private final Set<String> revoked = ConcurrentHashMap.newKeySet();

  /**
   * @param organisations organisation by key; empty: any key
   */
  public AccessKeys(Map<String, String> organisations) {
    this.organisations = Map.copyOf(organisations);
  }

  /** The organisation of a key, empty when the key is not accepted. */
  public Optional<String> organisation(String key) {
    if (key.isBlank() || revoked.contains(key)) {
      return Optional.empty();
    }
    if (organisations.isEmpty()) {
      return Optional.of("org-" + HexFormat.of().toHexDigits(Mix.hash(key)));
    }
    return Optional.ofNullable(organisations.get(key));
  }

  /** Refuses a key from now on. */
  public void revoke(String key) {
    revoked.add(key);
  }

  /** Takes {@link #revoke} back. */
  public void restore(String key) {
    revoked.remove(key);
  }
}
