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
 * @param terms what holds for calls with the key
 */
public record Caller(
    String name, @Nullable String tenant, boolean mayChooseTenant, KeyTerms terms) {

  /** Anyone on this machine, when no API key is configured. */
  public static final Caller LOCAL = new Caller("(no key)", null, true);

  /** One for whom nothing holds in particular. */
  public Caller(String name, @Nullable String tenant, boolean mayChooseTenant) {
    this(name, tenant, mayChooseTenant, KeyTerms.NONE);
  }

  /** The same, who calls for that tenant. */
  public Caller of(@Nullable String chosen) {
    return new Caller(name, chosen, mayChooseTenant, terms);
  }

  /** Whether it came with a key. */
  public boolean hasKey() {
    return !name.equals(LOCAL.name);
  }

  /** The tenant whose things it asks for. */
  public String tenantOrDefault() {
    return tenant == null ? OffpeakHeaders.DEFAULT_TENANT : tenant;
  }
}
