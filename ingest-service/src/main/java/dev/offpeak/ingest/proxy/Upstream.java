package dev.offpeak.ingest.proxy;

import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.ingest.http.Dialect;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.AccountCall;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls providers, each call once: only one that never reached its provider is made again. */
final class Upstream {

  private static final Logger LOGGER = LoggerFactory.getLogger(Upstream.class);

  /** The client's own words that the provider gets; its keys are ours alone. */
  private static final List<String> PASSED_ON =
      List.of(
          "content-type",
          "accept",
          "user-agent",
          "anthropic-version",
          "anthropic-beta",
          "openai-beta",
          "traceparent",
          "tracestate");

  private static final String USUAL_VERSION = "2023-06-01";
  private static final int CONNECTS = 2;

  private final HttpClient client;
  private final Duration patience;

  /** Waits so long for an answer to begin. */
  Upstream(HttpClient client, Duration patience) {
    this.client = client;
    this.patience = patience;
  }

  /**
   * Makes the call of a client.
   *
   * @param body null for one without
   * @throws ApiException when there is no answer
   */
  HttpResponse<InputStream> send(
      Account account,
      Call call,
      String method,
      @Nullable String query,
      ServerRequestHeaders headers,
      byte @Nullable [] body)
      throws InterruptedException {
    URI address =
        AccountCall.address(
            account, account.profile().callPath(account, call.model(), call.path()), query);
    var request =
        HttpRequest.newBuilder(address)
            .timeout(patience)
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    for (String name : PASSED_ON) {
      headers.first(HeaderNames.create(name)).ifPresent(value -> request.setHeader(name, value));
    }
    if (call.dialect() == Dialect.ANTHROPIC
        && !headers.contains(HeaderNames.create("anthropic-version"))) {
      request.setHeader(
          "anthropic-version",
          Objects.requireNonNullElse(account.wire().apiVersion(), USUAL_VERSION));
    }
    // What is compressed would wait in a buffer, and pieces of a stream with it.
    request.setHeader("accept-encoding", "identity");
    AccountCall.headers(account).forEach(request::setHeader);
    return send(account, request.build());
  }

  private HttpResponse<InputStream> send(Account account, HttpRequest request)
      throws InterruptedException {
    int connects = 0;
    while (true) {
      try {
        return client.send(request, BodyHandlers.ofInputStream());
      } catch (ConnectException | HttpConnectTimeoutException e) {
        connects++;
        if (connects == CONNECTS) {
          log(account, e);
          throw new ApiException(
              new ApiError(
                  503,
                  "upstream_unavailable",
                  "the provider can't be reached; nothing was sent, so that the call may be made"
                      + " again"));
        }
      } catch (HttpTimeoutException e) {
        log(account, e);
        throw new ApiException(
            new ApiError(
                504,
                ApiError.UPSTREAM_LOST,
                "the provider has not begun to answer in "
                    + patience.toSeconds()
                    + " s (proxy.answer-timeout); it may have executed the call, and billed it"));
      } catch (IOException e) {
        log(account, e);
        throw new ApiException(
            new ApiError(
                502,
                ApiError.UPSTREAM_LOST,
                "the connection to the provider broke before it answered; it may have executed the"
                    + " call, and billed it"));
      }
    }
  }

  private static void log(Account account, IOException e) {
    LOGGER
        .atWarn()
        .addKeyValue("account", account.name())
        .addKeyValue("reason", String.valueOf(e))
        .log("a provider did not answer a call");
  }
}
