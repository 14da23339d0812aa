package dev.offpeak.ingest.requests;

import dev.offpeak.ingest.batches.LineStates;
import dev.offpeak.ingest.batches.RequestSearch;
import dev.offpeak.ingest.deferred.DeferredRoutes;
import dev.offpeak.ingest.http.Answer;
import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.ingest.http.Entrance;
import dev.offpeak.ingest.http.Wait;
import dev.offpeak.ingest.objects.Batches;
import dev.offpeak.ingest.objects.ObjectKey;
import dev.offpeak.ingest.objects.ObjectStore;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayBatchStatus;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.avro.GatewayOrigin;
import dev.offpeak.schemas.control.ControlWriter;
import dev.offpeak.schemas.request.OffpeakHeaders;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** {@code /v1/requests}: requests that came in over HTTP, one by one or those of a batch. */
public final class RequestRoutes implements Consumer<HttpRouting.Builder> {

  private static final Duration LOOKED_THROUGH = Duration.ofDays(2);
  private static final int AT_ONCE = 16;
  private static final int USUALLY_LISTED = 100;
  private static final int MOST_LISTED = 1_000;
  private static final String RETRY_AFTER_SECONDS = "5";

  private final List<String> bases;
  private final Entrance entrance;
  private final ObjectStore objects;
  private final DeferredRoutes deferred;
  private final RequestSearch search;
  private final LineStates states;
  private final ControlWriter control;
  private final Clock clock;
  private final Semaphore turns = new Semaphore(AT_ONCE);

  /**
   * @param bases what stands before the paths
   * @param deferred knows the ids of single calls that wait
   */
  public RequestRoutes(
      List<String> bases,
      Entrance entrance,
      ObjectStore objects,
      DeferredRoutes deferred,
      RequestSearch search,
      LineStates states,
      ControlWriter control,
      Clock clock) {
    this.bases = List.copyOf(bases);
    this.entrance = entrance;
    this.objects = objects;
    this.deferred = deferred;
    this.search = search;
    this.states = states;
    this.control = control;
    this.clock = clock;
  }

  @Override
  public void accept(HttpRouting.Builder routing) {
    for (String base : bases) {
      routing.get(base + "/requests", this::list);
      routing.get(base + "/requests/{id}", this::get);
      routing.post(base + "/requests/{id}/cancel", this::cancel);
    }
  }

  private void get(ServerRequest request, ServerResponse response) throws InterruptedException {
    String tenant = entrance.admit(request).tenantOrDefault();
    String id = request.path().pathParameters().get("id");
    Duration wait = Wait.of(request);
    if (deferred.answered(tenant, id, wait, response)) {
      return;
    }
    Map<String, GatewayObject> among = among(tenant, request);
    Optional<RequestSearch.Found> found =
        among.isEmpty() ? Optional.empty() : inTurn(() -> search.find(id, among, wait));
    RequestSearch.Found known = found.orElseThrow(() -> unknown(id));
    boolean isDone = known.outcome() != null;
    if (!isDone) {
      response.header(HeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    Answer.send(response, isDone ? 200 : 202, RequestJson.of(id, known));
  }

  private void list(ServerRequest request, ServerResponse response) throws InterruptedException {
    String tenant = entrance.admit(request).tenantOrDefault();
    GatewayObject batch =
        batch(tenant, request)
            .orElseThrow(
                () ->
                    bad("name the batch whose requests are to be listed: ?batch_id=…", "batch_id"));
    GatewayBatch about = (GatewayBatch) batch.getObject();
    LineStates.State state = state(request.query().first("state").orElse(null));
    int limit = number(request, "limit", USUALLY_LISTED, 1, MOST_LISTED);
    int after = number(request, "after", -1, -1, Integer.MAX_VALUE - 1);
    LineStates.Part part =
        inTurn(() -> states.of(batch, state, after, limit, Batches.isOver(about)));
    Answer.send(response, 200, RequestJson.of(batch.getId(), part));
  }

  private void cancel(ServerRequest request, ServerResponse response) throws InterruptedException {
    String tenant = entrance.admit(request).tenantOrDefault();
    String id = request.path().pathParameters().get("id");
    Map<String, GatewayObject> among = among(tenant, request);
    RequestSearch.Found known =
        (among.isEmpty()
                ? Optional.<RequestSearch.Found>empty()
                : inTurn(() -> search.find(id, among, Duration.ZERO)))
            .orElseThrow(() -> unknown(id));
    GatewayObject batch = among.get(known.batch());
    if (known.outcome() == null && batch != null) {
      write(tenant, id, batch);
    }
    Answer.send(response, known.outcome() == null ? 202 : 200, RequestJson.of(id, known));
  }

  private void write(String tenant, String customId, GatewayObject object)
      throws InterruptedException {
    GatewayBatch batch = (GatewayBatch) object.getObject();
    String replay =
        batch.getOrigin() == GatewayOrigin.LINES
            ? batch.getHeaders().getOrDefault(OffpeakHeaders.REPLAY_ID, "")
            : object.getId();
    try {
      var _ =
          control.write(
              ControlRecord.newBuilder()
                  .setAction(ControlAction.CANCEL)
                  .setTenant(tenant)
                  .setReplayId(replay)
                  .setCustomId(customId)
                  .setIssuedAt(clock.instant())
                  .build());
    } catch (ExecutionException e) {
      throw new KafkaException("llm.control can't be written", e.getCause());
    }
  }

  /** The batches that are looked through: the one that is named, or the tenant's recent ones. */
  private Map<String, GatewayObject> among(String tenant, ServerRequest request)
      throws InterruptedException {
    Map<String, GatewayObject> among = new TreeMap<>();
    Optional<GatewayObject> named = batch(tenant, request);
    if (named.isPresent()) {
      among.put(named.get().getId(), named.get());
      return among;
    }
    for (GatewayObject each : objects.of(tenant)) {
      if (each.getObject() instanceof GatewayBatch batch
          && batch.getStatus() != GatewayBatchStatus.VALIDATING
          && batch.getStatus() != GatewayBatchStatus.FAILED
          && (!Batches.isOver(batch)
              || each.getCreatedAt().plus(LOOKED_THROUGH).isAfter(clock.instant()))) {
        among.put(each.getId(), each);
      }
    }
    return among;
  }

  private Optional<GatewayObject> batch(String tenant, ServerRequest request)
      throws InterruptedException {
    Optional<String> id = request.query().first("batch_id").asOptional();
    if (id.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        objects
            .find(new ObjectKey(tenant, id.get()))
            .filter(each -> each.getObject() instanceof GatewayBatch)
            .orElseThrow(
                () ->
                    new ApiException(
                        new ApiError(
                            404,
                            "not_found",
                            "No batch found with id '" + id.get() + "'.",
                            "batch_id"))));
  }

  /** A look reads topics, so that only some are made at the same time. */
  private <T> T inTurn(Look<T> look) throws InterruptedException {
    if (!turns.tryAcquire(10, TimeUnit.SECONDS)) {
      throw new ApiException(
          new ApiError(
              429, "too_many_searches", "as many requests are looked for as may be at once"));
    }
    try {
      return look.make();
    } finally {
      turns.release();
    }
  }

  @FunctionalInterface
  private interface Look<T> {
    T make() throws InterruptedException;
  }

  private static LineStates.@Nullable State state(@Nullable String text) {
    if (text == null) {
      return null;
    }
    for (LineStates.State each : LineStates.State.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
        return each;
      }
    }
    throw bad("state must be pending, succeeded, failed or duplicate", "state");
  }

  private static int number(ServerRequest request, String name, int usual, int least, int most) {
    String text = request.query().first(name).orElse(Integer.toString(usual));
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, with what may stand there.
    }
    throw bad(name + " must be a number from " + least + " to " + most, name);
  }

  private static ApiException bad(String message, String param) {
    return new ApiException(new ApiError(400, "invalid_value", message, param));
  }

  private static ApiException unknown(String id) {
    return new ApiException(
        new ApiError(404, "not_found", "there is no request '" + id + "' in these batches", "id"));
  }
}
