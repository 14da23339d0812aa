package dev.offpeak.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.ingest.auth.Caller;
import dev.offpeak.ingest.auth.Spender;
import dev.offpeak.schemas.request.EditionHeaders;
import dev.offpeak.schemas.request.OffpeakHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Turns the headers of an HTTP request into the record headers that each of its lines gets. */
public final class RecordStamp {

  static final String TENANT = "x-offpeak-tenant";

  /** Record headers by the HTTP header that they are copied from. */
  private static final Map<String, String> COPIED = new LinkedHashMap<>();

  static {
    COPIED.put("x-offpeak-label-team", OffpeakHeaders.LABEL_PREFIX + "team");
    COPIED.put("x-offpeak-label-feature", OffpeakHeaders.LABEL_PREFIX + "feature");
    COPIED.put("x-offpeak-account", OffpeakHeaders.ACCOUNT);
    COPIED.put("x-offpeak-model", OffpeakHeaders.MODEL);
    COPIED.put("x-offpeak-deadline", OffpeakHeaders.DEADLINE);
    COPIED.put("x-offpeak-replay-id", OffpeakHeaders.REPLAY_ID);
    // The trace goes on in whoever reads the outcome.
    COPIED.put("traceparent", "traceparent");
    COPIED.put("tracestate", "tracestate");
    COPIED.put(EditionHeaders.VERSION, EditionHeaders.VERSION);
    COPIED.put(EditionHeaders.BETA, EditionHeaders.BETA);
  }

  private RecordStamp() {}

  /**
   * The headers of each record.
   *
   * @param httpHeader the value of an HTTP header by its lower-case name
   * @throws ApiException when the caller names a tenant that is not its own and may not
   */
  public static Headers of(Function<String, Optional<String>> httpHeader, Caller caller) {
    var headers = new RecordHeaders();
    tenant(httpHeader, caller)
        .ifPresent(tenant -> headers.add(OffpeakHeaders.TENANT, tenant.getBytes(UTF_8)));
    COPIED.forEach(
        (from, to) ->
            httpHeader
                .apply(from)
                .filter(value -> !value.isBlank())
                .ifPresent(value -> headers.add(to, value.getBytes(UTF_8))));
    addUnlessSaid(
        headers, OffpeakHeaders.LABEL_PREFIX + "key", caller.hasKey() ? caller.name() : null);
    addUnlessSaid(headers, OffpeakHeaders.LABEL_PREFIX + "team", caller.terms().team());
    addUnlessSaid(headers, OffpeakHeaders.LABEL_PREFIX + "feature", caller.terms().feature());
    return headers;
  }

  private static void addUnlessSaid(Headers headers, String name, @Nullable String value) {
    if (value != null && headers.lastHeader(name) == null) {
      headers.add(name, value.getBytes(UTF_8));
    }
  }

  /** Who pays for a call. */
  public static Spender spender(Function<String, Optional<String>> httpHeader, Caller caller) {
    return new Spender(
        caller.tenantOrDefault(),
        caller.hasKey() ? caller.name() : null,
        label(httpHeader.apply("x-offpeak-label-team"), caller.terms().team()),
        label(httpHeader.apply("x-offpeak-label-feature"), caller.terms().feature()));
  }

  private static @Nullable String label(Optional<String> said, @Nullable String otherwise) {
    return said.filter(value -> !value.isBlank()).orElse(otherwise);
  }

  static Optional<String> tenant(Function<String, Optional<String>> httpHeader, Caller caller) {
    var own = Optional.ofNullable(caller.tenant());
    var wished = httpHeader.apply(TENANT).filter(value -> !value.isBlank());
    if (wished.isEmpty() || wished.equals(own)) {
      return own;
    }
    if (!caller.mayChooseTenant()) {
      throw new ApiException(
          new ApiError(
              403,
              "tenant_not_allowed",
              "the API key "
                  + caller.name()
                  + " sends for its own tenant only, not for "
                  + wished.get()
                  + ": leave the header out, or let the key choose in the configuration"
                  + " (may-choose-tenant)",
              TENANT));
    }
    return wished;
  }
}
