package dev.offpeak.ingest.auth;

import dev.offpeak.schemas.request.OffpeakHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Whoever sent an HTTP request.
 *
 * @param name of the API key, for logs; never the key
 * @param tenant that its requests belong to; null leaves the choice to the request, and to the
 *     batcher's default when that says nothing
 * @param mayChooseTenant whether the header {@code x-offpeak-tenant} may name another tenant
 */
public record Caller(String name, @Nullable String tenant, boolean mayChooseTenant) {

  /** The tenant whose things it asks for. */
  public String tenantOrDefault() {
    return tenant == null ? OffpeakHeaders.DEFAULT_TENANT : tenant;
  }

  /** Anyone on this machine, when no API key is configured. */
  public static final Caller LOCAL = new Caller("local", null, true);
}
