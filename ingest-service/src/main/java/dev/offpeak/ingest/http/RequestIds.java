package dev.offpeak.ingest.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Gives each answer an id, under the names by which the SDKs show it. What a provider has answered
 * keeps the provider's, which users quote to its support.
 */
public final class RequestIds implements Filter {

  /** OpenAI's name, and the common one. */
  public static final HeaderName OPENAI = HeaderNames.create("x-request-id");

  /** Anthropic's. */
  public static final HeaderName ANTHROPIC = HeaderNames.create("request-id");

  /** Ours, whoever has answered. */
  private static final HeaderName OWN = HeaderNames.create("x-offpeak-request-id");

  private static final int BYTES = 12;

  private final SecureRandom random = new SecureRandom();

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String id = "req_" + HexFormat.of().formatHex(bytes);
    response.header(OPENAI, id);
    response.header(ANTHROPIC, id);
    response.header(OWN, id);
    chain.proceed();
  }
}
