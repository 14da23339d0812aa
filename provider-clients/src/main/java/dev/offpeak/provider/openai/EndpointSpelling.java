package dev.offpeak.provider.openai;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.provider.account.Account;

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
    return new EndpointSpelling(account.hasBareEndpoints());
  }

  /** The lane's endpoint in that spelling. */
  String of(Lane lane) {
    String endpoint = lane.endpoint();
    return bare && endpoint.startsWith(VERSION + "/")
        ? endpoint.substring(VERSION.length())
        : endpoint;
  }
}
