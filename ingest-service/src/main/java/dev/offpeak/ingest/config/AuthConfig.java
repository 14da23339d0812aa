package dev.offpeak.ingest.config;

import dev.offpeak.ingest.auth.ApiKeys;
import dev.offpeak.ingest.auth.KeyBook;
import dev.offpeak.runtime.config.Default;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * Who may send.
 *
 * @param keys by a name for logs; without any, here and in {@code llm.keys}, everyone who reaches
 *     the port may
 * @param required whether nobody may without a key even where there are none
 */
public record AuthConfig(Map<String, KeyConfig> keys, @Default("false") boolean required) {

  public AuthConfig {
    var names = new HashMap<String, String>();
    keys.forEach(
        (name, key) -> {
          var other = names.putIfAbsent(key.key().reveal(), name);
          if (other != null) {
            throw new IllegalArgumentException(
                "keys " + other + " and " + name + " have the same value: give each its own");
          }
        });
    keys = Map.copyOf(keys);
  }

  /**
   * The keys as they are looked up.
   *
   * @param book those of llm.keys
   */
  public ApiKeys apiKeys(KeyBook book, Clock clock) {
    var configured = new HashMap<String, ApiKeys.Configured>();
    keys.forEach((name, key) -> configured.put(key.key().reveal(), key.of(name)));
    return ApiKeys.of(configured, book, required, clock);
  }
}
