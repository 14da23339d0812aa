package dev.offpeak.provider.openai;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.provider.account.Account;
import java.util.Locale;
import java.util.Objects;

/**
 * How the account's server spells an endpoint in lines and in a create. OpenAI says {@code
 * /v1/chat/completions}; Azure, whose addresses have no version in their path but one in their
 * query, says {@code /chat/completions}.
 *
 * @param bare whether the version is left out
 */
record EndpointSpelling(boolean bare) {

  private static final String VERSION = "/v1";

  /** As the account's address says. */
  static EndpointSpelling of(Account account) {
    String path = Objects.requireNonNullElse(account.baseUrl().getPath(), "");
    String host = Objects.requireNonNullElse(account.baseUrl().getHost(), "");
    boolean isAzure =
        account.wire().apiVersion() != null
            || path.endsWith("/openai")
            || host.toLowerCase(Locale.ROOT).endsWith(".azure.com");
    return new EndpointSpelling(isAzure && !path.endsWith(VERSION));
  }

  /** The lane's endpoint in that spelling. */
  String of(Lane lane) {
    String endpoint = lane.endpoint();
    return bare && endpoint.startsWith(VERSION + "/")
        ? endpoint.substring(VERSION.length())
        : endpoint;
  }
}
