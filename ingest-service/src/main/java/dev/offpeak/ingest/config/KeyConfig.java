package dev.offpeak.ingest.config;

import dev.offpeak.runtime.config.Default;
import dev.offpeak.runtime.config.Secret;

/**
 * One API key.
 *
 * @param key what clients send, at least 16 characters
 * @param tenant that its requests belong to
 * @param mayChooseTenant whether the header {@code x-offpeak-tenant} may name another one
 */
public record KeyConfig(Secret key, String tenant, @Default("false") boolean mayChooseTenant) {

  private static final int SHORTEST_KEY = 16;

  public KeyConfig {
    if (key.reveal().length() < SHORTEST_KEY) {
      throw new IllegalArgumentException(
          "key is shorter than " + SHORTEST_KEY + " characters: it could be guessed");
    }
    if (tenant.isBlank()) {
      throw new IllegalArgumentException("tenant must name a tenant");
    }
  }
}
