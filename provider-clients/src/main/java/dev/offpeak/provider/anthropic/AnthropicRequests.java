package dev.offpeak.provider.anthropic;

import dev.offpeak.core.lane.Edition;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.AuthHeader;
import dev.offpeak.provider.call.AnsweredAddress;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests to the Anthropic API with the account's headers (docs/providers B). */
final class AnthropicRequests {

  private static final String USUAL_VERSION = "2023-06-01";

  private static final String MESSAGES = "/v1/messages";
  private static final String BATCHES = MESSAGES + "/batches";
  private static final String JSON = "application/json";

  private final Account account;

  AnthropicRequests(Account account) {
    this.account = account;
  }

  HttpRequest create(HttpRequest.BodyPublisher body, Edition edition) {
    return at(URI.create(account.baseUrl() + BATCHES), edition)
        .header("Accept", JSON)
        .header("Content-Type", JSON)
        .POST(body)
        .build();
  }

  HttpRequest get(String pathAndQuery) {
    return to(pathAndQuery).header("Accept", JSON).GET().build();
  }

  /**
   * A batch's results.
   *
   * @param answered where the batch says that they are; followed when it is on the account's own
   *     server, which it is not when a proxy stands between
   * @param usual path where they are else
   */
  HttpRequest results(@Nullable String answered, String usual) {
    URI address =
        Optional.ofNullable(answered)
            .flatMap(url -> AnsweredAddress.of(account.baseUrl(), url))
            .orElseGet(() -> URI.create(account.baseUrl() + BATCHES + usual));
    return at(address).header("Accept", "application/x-jsonl").GET().build();
  }

  HttpRequest post(String path) {
    return to(path).header("Accept", JSON).POST(BodyPublishers.noBody()).build();
  }

  HttpRequest delete(String path) {
    return to(path).header("Accept", JSON).DELETE().build();
  }

  /** A synchronous call. */
  HttpRequest message(byte[] json, Edition edition) {
    return at(URI.create(account.baseUrl() + MESSAGES), edition)
        .header("Accept", JSON)
        .header("Content-Type", JSON)
        .POST(BodyPublishers.ofByteArray(json))
        .build();
  }

  private HttpRequest.Builder to(String pathAndQuery) {
    return at(URI.create(account.baseUrl() + BATCHES + pathAndQuery));
  }

  private HttpRequest.Builder at(URI address) {
    return at(address, Edition.USUAL);
  }

  private HttpRequest.Builder at(URI address, Edition edition) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .version(Version.HTTP_1_1)
            .header(
                "anthropic-version",
                edition.version().isEmpty()
                    ? Objects.requireNonNullElse(account.wire().apiVersion(), USUAL_VERSION)
                    : edition.version());
    String betas = betas(account.wire().beta(), edition);
    if (!betas.isEmpty()) {
      request.header("anthropic-beta", betas);
    }
    if (account.wire().authOr(AuthHeader.BEARER) == AuthHeader.BEARER) {
      request.header("Authorization", "Bearer " + account.requireKey());
    } else {
      request.header("x-api-key", account.requireKey());
    }
    if (account.project() != null) {
      request.header("anthropic-workspace-id", account.project());
    }
    return request;
  }

  /** Those of the account, then those that are asked for besides. */
  private static String betas(@Nullable String accounts, Edition edition) {
    Set<String> all = new LinkedHashSet<>();
    if (accounts != null) {
      all.addAll(List.of(accounts.split(",")));
    }
    all.addAll(edition.betas());
    return String.join(",", all);
  }
}
