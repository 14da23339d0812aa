package dev.offpeak.submitter.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.runtime.config.Secret;
import dev.offpeak.testkit.time.MutableClock;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookRoutesIT {

  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final byte[] KEY = "a key of twenty-four byt".getBytes(UTF_8);
  private static final String DONE = "{\"type\":\"batch.completed\",\"data\":{\"id\":\"batch_1\"}}";

  private final List<String> woken = Collections.synchronizedList(new ArrayList<>());
  private final HttpClient http = HttpClient.newHttpClient();
  private WebServer server;

  @BeforeEach
  void start() {
    var config =
        new WebhookConfig(
            Map.of(
                "main",
                List.of(new Secret("test", "whsec_" + Base64.getEncoder().encodeToString(KEY)))),
            "127.0.0.1",
            0,
            Duration.ofSeconds(300));
    var routes =
        new WebhookRoutes(
            config, new MutableClock(NOW), (account, job) -> woken.add(account + " " + job));
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .routing(routing -> routing.register(routes))
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.stop();
    http.close();
  }

  @Test
  void aGenuineEventWakesItsJobOnce() throws Exception {
    assertThat(post("main", "1", DONE, SignedWebhook.signature(KEY, "1", NOW, DONE)).statusCode())
        .isEqualTo(204);
    assertThat(post("main", "1", DONE, SignedWebhook.signature(KEY, "1", NOW, DONE)).statusCode())
        .as("the same again")
        .isEqualTo(204);
    assertThat(woken).containsExactly("main batch_1");
  }

  @Test
  void aForgedOneIsRefusedAndWakesNobody() throws Exception {
    HttpResponse<String> answer =
        post("main", "1", DONE, SignedWebhook.signature("other".getBytes(UTF_8), "1", NOW, DONE));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("webhook-signature");
    assertThat(woken).isEmpty();
  }

  @Test
  void withoutTheHeadersItIsRefused() throws Exception {
    var request = HttpRequest.newBuilder(uri("main")).POST(BodyPublishers.ofString(DONE)).build();

    assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    assertThat(woken).isEmpty();
  }

  @Test
  void anAccountWithoutSecretsTakesNone() throws Exception {
    assertThat(post("other", "1", DONE, SignedWebhook.signature(KEY, "1", NOW, DONE)).statusCode())
        .isEqualTo(404);
  }

  @Test
  void eventsOfNoConcernAreTakenSoThatTheyAreNotSentAgain() throws Exception {
    String other = "{\"type\":\"response.completed\",\"data\":{\"id\":\"resp_1\"}}";

    assertThat(post("main", "1", other, SignedWebhook.signature(KEY, "1", NOW, other)).statusCode())
        .isEqualTo(204);
    assertThat(woken).isEmpty();
  }

  @Test
  void aSignedBodyThatIsNoEventIsRefused() throws Exception {
    assertThat(post("main", "1", "[]", SignedWebhook.signature(KEY, "1", NOW, "[]")).statusCode())
        .isEqualTo(400);
  }

  @Test
  void aBodyLargerThanAnyEventIsNotRead() throws Exception {
    String large = "x".repeat(70_000);

    assertThat(post("main", "1", large, SignedWebhook.signature(KEY, "1", NOW, large)).statusCode())
        .isEqualTo(413);
  }

  private HttpResponse<String> post(String account, String id, String body, String signature)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(uri(account))
            .header("webhook-id", id)
            .header("webhook-timestamp", Long.toString(NOW.getEpochSecond()))
            .header("webhook-signature", signature)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private URI uri(String account) {
    return URI.create("http://127.0.0.1:" + server.port() + "/webhooks/" + account);
  }
}
