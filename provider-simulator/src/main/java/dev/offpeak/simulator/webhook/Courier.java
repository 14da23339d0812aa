package dev.offpeak.simulator.webhook;

import dev.offpeak.simulator.run.JobScheduler;
import dev.offpeak.simulator.run.JobTask;
import dev.offpeak.simulator.time.SimClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts events to endpoints. Only an answer of 2xx counts as taken; everything else, a redirect
 * too, is tried again after 5 seconds, 5 minutes, half an hour, 2 and 5 hours, and then every 10
 * hours until 72 hours are over, in simulated time (OpenAI says "for up to 72 hours with
 * exponential backoff"; the steps are unverified). Signatures carry the real time, since their
 * receivers live in it. What is on the way when the simulator stops is lost.
 */
public final class Courier implements AutoCloseable {
  /** The answer of an endpoint that could not be reached. */
  public static final int UNREACHABLE = 0;

  private static final Logger LOGGER = LoggerFactory.getLogger(Courier.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration GIVE_UP_AFTER = Duration.ofDays(3);
  private static final Duration[] PAUSES = {
    Duration.ofSeconds(5),
    Duration.ofMinutes(5),
    Duration.ofMinutes(30),
    Duration.ofHours(2),
    Duration.ofHours(5),
    Duration.ofHours(10)
  };
  private static final int THREADS = 2;

  private final EndpointBoard board;
  private final SimClock clock;
  private final Clock real;
  private final JobScheduler rounds;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * A courier for the endpoints of a board.
   *
   * @param clock decides when an event is told again
   * @param real stands in the signatures
   */
  public Courier(EndpointBoard board, SimClock clock, Clock real) {
    this.board = board;
    this.clock = clock;
    this.real = real;
    this.rounds = new JobScheduler(clock, THREADS);
  }

  /** Begins to deliver. */
  public void start() {
    rounds.start();
  }

  /** Tells every endpoint of the owner that wants to know; returns at once. */
  public void tell(String owner, Event event) {
    for (Endpoint endpoint : board.list(owner)) {
      if (endpoint.events().contains(event.type())) {
        rounds.add(event.id() + " " + endpoint.id(), new Delivery(owner, endpoint.id(), event));
      }
    }
  }

  /** Posts an event once and says what the endpoint answered, or {@link #UNREACHABLE}. */
  public int post(Endpoint endpoint, Event event) {
    long seconds = real.instant().getEpochSecond();
    String signature =
        Signature.header(endpoint.secretsAt(clock.millis()), event.id(), seconds, event.body());
    try {
      return http.send(
              HttpRequest.newBuilder(URI.create(endpoint.url()))
                  .timeout(PATIENCE)
                  .header("content-type", "application/json")
                  .header("user-agent", "offpeak-simulator")
                  .header("webhook-id", event.id())
                  .header("webhook-timestamp", Long.toString(seconds))
                  .header("webhook-signature", signature)
                  .POST(HttpRequest.BodyPublishers.ofByteArray(event.body()))
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      LOGGER.atDebug().addKeyValue("url", endpoint.url()).setCause(e).log("endpoint not reached");
      return UNREACHABLE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNREACHABLE;
    }
  }

  /** Whether an answer means that the event was taken. */
  public static boolean taken(int status) {
    return status >= 200 && status < 300;
  }

  /** Stops delivering. */
  @Override
  public void close() {
    rounds.close();
    http.shutdownNow();
  }

  /** One event on its way to one endpoint. */
  private final class Delivery implements JobTask {
    private final String owner;
    private final String endpointId;
    private final Event event;
    private final long since = clock.millis();
    private int tries;

    Delivery(String owner, String endpointId, Event event) {
      this.owner = owner;
      this.endpointId = endpointId;
      this.event = event;
    }

    @Override
    public long step(String id) {
      long now = clock.millis();
      Optional<Endpoint> endpoint = board.find(owner, endpointId);
      if (endpoint.isEmpty() || taken(post(endpoint.get(), event))) {
        return ENDED;
      }
      long next = now + PAUSES[Math.min(tries++, PAUSES.length - 1)].toMillis();
      return next - since > GIVE_UP_AFTER.toMillis() ? ENDED : next;
    }
  }
}
