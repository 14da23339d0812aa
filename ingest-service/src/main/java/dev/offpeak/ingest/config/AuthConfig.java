package dev.offpeak.ingest.config;

import dev.offpeak.ingest.auth.ApiKeys;
import dev.offpeak.ingest.auth.Caller;
import java.util.HashMap;
import java.util.Map;

/**
 * Who may send.
 *
 * @param keys by a name for logs; without any, everyone who reaches the port may
 */
public record AuthConfig(Map<String, KeyConfig> keys) {

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

  /** The keys as they are looked up. */
  public ApiKeys apiKeys() {
    var callers = new HashMap<String, Caller>();
    keys.forEach(
        (name, key) ->
            callers.put(key.key().reveal(), new Caller(name, key.tenant(), key.mayChooseTenant())));
    return ApiKeys.of(callers);
  }
}
