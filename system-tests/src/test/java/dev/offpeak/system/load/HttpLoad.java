package dev.offpeak.system.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.offpeak.system.world.Installation;
import dev.offpeak.system.world.Kind;
import dev.offpeak.testkit.time.Patience;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/**
 * A user of the HTTP gateway. What is not answered with a 202 is sent again, to the next instance:
 * the same custom id with the same body does no harm.
 */
public final class HttpLoad {

  private static final Duration PATIENCE = Patience.LONG;
  private static final Duration AGAIN = Duration.ofMillis(200);

  private final Installation installation;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private int next;
  private int refusals;

  /** Sends to whatever ingest-services there are. */
  public HttpLoad(Installation installation) {
    this.installation = installation;
  }

  /** Sends a request until it is taken. */
  public void send(Question question) {
    await(question.customId() + " is taken by an ingest-service")
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(AGAIN)
        .until(() -> isTaken(question));
  }

  private boolean isTaken(Question question) throws InterruptedException {
    List<URI> doors =
        installation.of(Kind.INGEST).stream().map(instance -> instance.requests()).toList();
    URI door = doors.get(next++ % doors.size());
    HttpRequest request =
        HttpRequest.newBuilder(door)
            .timeout(Duration.ofSeconds(5))
            .header("content-type", "application/x-ndjson")
            .header("x-offpeak-model", question.model())
            .POST(HttpRequest.BodyPublishers.ofString(question.line(), UTF_8))
            .build();
    try {
      if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 202) {
        return true;
      }
    } catch (IOException _) {
      // It is down, or went down; perhaps the request was taken and only the answer is missing.
    }
    refusals++;
    return false;
  }

  /** How often a request was not taken at once. */
  public int refusals() {
    return refusals;
  }
}
