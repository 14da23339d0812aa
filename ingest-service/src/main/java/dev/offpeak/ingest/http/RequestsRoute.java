package dev.offpeak.ingest.http;

import dev.offpeak.ingest.auth.Caller;
import dev.offpeak.ingest.intake.Intake;
import dev.offpeak.ingest.line.LineMarks;
import dev.offpeak.ingest.metrics.IngestMeters;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/requests}: one request as a JSON line, or a stream of them, one a line, of any
 * length. Answered when Kafka has acknowledged every good line.
 */
public final class RequestsRoute implements HttpService, Consumer<HttpRouting.Builder> {

  /** Where it stands. */
  static final String PATH = "/v1/requests";

  private static final String BATCH = "x-offpeak-batch";

  private static final Set<String> CONTENT_TYPES =
      Set.of(
          "application/x-ndjson",
          "application/ndjson",
          "application/jsonl",
          "application/x-jsonlines",
          "application/json",
          "application/octet-stream",
          "text/plain");

  /** How long a body waits for its turn; most bodies are one line, and short. */
  private static final Duration TURN = Duration.ofSeconds(10);

  private final Entrance entrance;
  private final Intake intake;
  private final BodyBounds bounds;
  private final IngestMeters meters;
  private final Turns turns;
  private final BatchOfLines.@Nullable Begins batches;

  /**
   * Serves whoever is let in.
   *
   * @param keys that there are
   * @param mostStreams bodies that are read at the same time; a further one waits a little and is
   *     then refused with 429
   * @param mostOfOneKey those of one key
   * @param batches makes what comes in batches; null where these are not kept
   */
  public RequestsRoute(
      Entrance entrance,
      int keys,
      Intake intake,
      int mostStreams,
      int mostOfOneKey,
      BodyBounds bounds,
      BatchOfLines.@Nullable Begins batches,
      IngestMeters meters) {
    this.entrance = entrance;
    this.intake = intake;
    this.bounds = bounds;
    this.batches = batches;
    this.meters = meters;
    this.turns = new Turns(mostStreams, mostOfOneKey, Math.max(1, keys));
  }

  @Override
  public void accept(HttpRouting.Builder routing) {
    routing.register(PATH, this);
  }

  @Override
  public void routing(HttpRules rules) {
    rules
        .post("/", this::post)
        .any(
            "/",
            batches == null
                ? Refusals.methodNotAllowed("POST")
                : (request, response) -> {
                  if (request.prologue().method().equals(Method.GET)) {
                    response.next();
                  } else {
                    Refusals.methodNotAllowed("GET, POST").handle(request, response);
                  }
                });
  }

  private void post(ServerRequest request, ServerResponse response) throws InterruptedException {
    var caller = entrance.admit(request);
    requireLines(request);
    var headers = RecordStamp.of(name -> header(request, name), caller);
    if (!turns.take(caller.name(), TURN)) {
      throw tooManyStreams(caller);
    }
    meters.streamOpened();
    try {
      answer(request, response, headers, batch(request, caller, headers));
    } finally {
      turns.giveBack(caller.name());
      meters.streamClosed();
    }
  }

  /** What the body becomes; null when nobody shall be able to ask for it. */
  private @Nullable BatchOfLines batch(ServerRequest request, Caller caller, Headers headers) {
    boolean isWanted = !header(request, BATCH).orElse("").equals("none");
    return batches == null || !isWanted ? null : batches.begin(caller, headers);
  }

  private void answer(
      ServerRequest request, ServerResponse response, Headers headers, @Nullable BatchOfLines batch)
      throws InterruptedException {
    if (!request.content().hasEntity()) {
      throw new ApiException(IntakeAnswer.EMPTY_BODY);
    }
    try (var body = RequestBody.of(request, bounds, intake::isStopping)) {
      var report =
          intake.take(body.inflated(), headers, batch == null ? LineMarks.none() : batch.marks());
      var answer = IntakeAnswer.to(report, batch == null ? null : batch.end(report));
      if (report.stop() == null) {
        Answer.send(response, answer.status(), answer.json());
      } else {
        Answer.sendEarly(response, answer.status(), answer.json());
        body.drain();
      }
    }
  }

  private ApiException tooManyStreams(Caller caller) {
    String whose =
        turns.isAtItsOwnLimit(caller.name())
            ? "as many bodies of this key are being read as may be at the same time"
                + " (limits.streams-per-key)"
            : "as many bodies are being read as may be at the same time"
                + " (limits.concurrent-streams)";
    return new ApiException(
        new ApiError(429, "too_many_streams", whose + ": send this one again in a moment"));
  }

  private static void requireLines(ServerRequest request) {
    var type = header(request, "content-type").orElse("");
    var plain = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!plain.isEmpty() && !CONTENT_TYPES.contains(plain)) {
      throw new ApiException(
          new ApiError(
              415,
              "unsupported_content_type",
              "Content-Type is "
                  + LocalCalls.shown(plain)
                  + ": send application/x-ndjson, one request a line, or application/json",
              "content-type"));
    }
  }

  private static Optional<String> header(ServerRequest request, String name) {
    return request.headers().first(HeaderNames.create(name));
  }
}
