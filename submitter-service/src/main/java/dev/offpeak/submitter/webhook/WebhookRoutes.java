package dev.offpeak.submitter.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /webhooks/<account>}: 204 for what was taken (a repeated one and an event of no
 * concern too, so that the provider does not send it again), 404 for an account without secrets,
 * 401 when the signature or the time does not fit, 400 when it is no event, 413 when it is too
 * large.
 */
public final class WebhookRoutes implements HttpService {

  private static final Logger LOGGER = LoggerFactory.getLogger(WebhookRoutes.class);

  private static final HeaderName ID = HeaderNames.create("webhook-id");
  private static final HeaderName TIMESTAMP = HeaderNames.create("webhook-timestamp");
  private static final HeaderName SIGNATURE = HeaderNames.create("webhook-signature");

  /** Events are thin: a few hundred bytes. */
  private static final int LARGEST_BODY = 64 * 1024;

  private final Map<String, WebhookVerifier> verifiers;
  private final JobWaker waker;

  /**
   * Routes for the accounts that have secrets.
   *
   * @throws IllegalArgumentException when a secret is none
   */
  public WebhookRoutes(WebhookConfig config, Clock clock, JobWaker waker) {
    this.verifiers =
        config.secrets().entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey,
                    entry -> new WebhookVerifier(entry.getValue(), config.tolerance(), clock)));
    this.waker = waker;
  }

  @Override
  public void routing(HttpRules rules) {
    rules.post("/webhooks/{account}", this::take);
  }

  private void take(ServerRequest request, ServerResponse response) throws IOException {
    String account = request.path().pathParameters().get("account");
    WebhookVerifier verifier = verifiers.get(account);
    if (verifier == null) {
      answer(response, Status.NOT_FOUND_404, "no webhooks are taken here");
      return;
    }
    byte[] body = body(request);
    if (body == null) {
      response.header(HeaderNames.CONNECTION, "close");
      answer(
          response,
          Status.REQUEST_ENTITY_TOO_LARGE_413,
          "a webhook may have " + LARGEST_BODY + " bytes at most");
      return;
    }
    WebhookDelivery delivery =
        new WebhookDelivery(
            header(request, ID), header(request, TIMESTAMP), header(request, SIGNATURE), body);
    switch (verifier.check(delivery)) {
      case DeliveryVerdict.Refused(String reason) -> {
        LOGGER
            .atWarn()
            .addKeyValue("account", account)
            .addKeyValue("reason", reason)
            .log("refused a webhook");
        answer(response, Status.UNAUTHORIZED_401, reason);
      }
      case DeliveryVerdict.Repeated _ -> answer(response, Status.NO_CONTENT_204, "");
      case DeliveryVerdict.Genuine _ -> wake(account, body, response);
    }
  }

  private void wake(String account, byte[] body, ServerResponse response) {
    WebhookEvent event;
    try {
      event = WebhookEvent.parse(body);
    } catch (IOException e) {
      answer(response, Status.BAD_REQUEST_400, "a webhook must be a JSON object");
      return;
    }
    event
        .jobId()
        .ifPresent(
            jobId -> {
              LOGGER
                  .atDebug()
                  .addKeyValue("account", account)
                  .addKeyValue("jobId", jobId)
                  .addKeyValue("type", event.type())
                  .log("webhook");
              waker.wake(account, jobId);
            });
    answer(response, Status.NO_CONTENT_204, "");
  }

  /** The whole body, or null when it is too large. */
  private static byte @Nullable [] body(ServerRequest request) throws IOException {
    byte[] body = request.content().inputStream().readNBytes(LARGEST_BODY + 1);
    return body.length > LARGEST_BODY ? null : body;
  }

  private static String header(ServerRequest request, HeaderName name) {
    return request.headers().first(name).orElse("");
  }

  private static void answer(ServerResponse response, Status status, String text) {
    response.status(status);
    if (text.isEmpty()) {
      response.send();
    } else {
      response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
      response.send(text.getBytes(UTF_8));
    }
  }
}
