package dev.offpeak.ingest.deferred;

import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.ingest.files.FileStore;
import dev.offpeak.ingest.http.Answer;
import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.ingest.http.Entrance;
import dev.offpeak.ingest.http.Wait;
import dev.offpeak.ingest.objects.Batches;
import dev.offpeak.ingest.objects.ObjectKey;
import dev.offpeak.ingest.objects.ObjectStore;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayCancel;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.avro.GatewayOrigin;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where calls that wait are asked for: 202 while they do, then the provider's own answer; and
 * responses in the background, which are 200 with their state.
 */
public final class DeferredRoutes implements Consumer<HttpRouting.Builder> {

  private static final String RETRY_AFTER_SECONDS = "30";
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final HeaderName POLL_AFTER = HeaderNames.create("openai-poll-after-ms");
  private static final String POLL_AFTER_MILLIS = "5000";

  private final List<String> bases;
  private final Entrance entrance;
  private final ObjectStore objects;
  private final Answers answers;
  private final Clock clock;
  private final Sleeper sleeper;

  /**
   * @param bases what stands before the paths
   */
  public DeferredRoutes(
      List<String> bases,
      Entrance entrance,
      ObjectStore objects,
      FileStore files,
      Clock clock,
      Sleeper sleeper) {
    this.bases = List.copyOf(bases);
    this.entrance = entrance;
    this.objects = objects;
    this.answers = new Answers(objects, files);
    this.clock = clock;
    this.sleeper = sleeper;
  }

  @Override
  public void accept(HttpRouting.Builder routing) {
    for (String base : bases) {
      routing.get(base + "/chat/completions/{id}", this::get);
      routing.get(base + "/responses/{id}", this::get);
      routing.post(base + "/responses/{id}/cancel", this::cancel);
    }
  }

  private void get(ServerRequest request, ServerResponse response) throws InterruptedException {
    String tenant = entrance.admit(request).tenantOrDefault();
    String id = request.path().pathParameters().get("id");
    GatewayObject object = find(tenant, id).orElseThrow(() -> unknown(id));
    answer(id, waited(object, Wait.of(request)), response);
  }

  /** The same when it is over, or that long was waited. */
  private GatewayObject waited(GatewayObject object, Duration most) throws InterruptedException {
    ObjectKey key = new ObjectKey(object.getTenant(), object.getId());
    Instant until = clock.instant().plus(most);
    GatewayObject known = object;
    while (known.getObject() instanceof GatewayBatch batch
        && !Batches.isOver(batch)
        && clock.instant().isBefore(until)) {
      sleeper.sleep(LOOK);
      known = objects.known(key).orElse(object);
    }
    return known;
  }

  /** Answers with a call, when that is the id of one. */
  public boolean answered(String tenant, String id, Duration wait, ServerResponse response)
      throws InterruptedException {
    Optional<GatewayObject> found = find(tenant, id);
    if (found.isPresent()) {
      answer(id, waited(found.get(), wait), response);
    }
    return found.isPresent();
  }

  private void answer(String id, GatewayObject object, ServerResponse response)
      throws InterruptedException {
    GatewayBatch batch = (GatewayBatch) object.getObject();
    if (batch.getOrigin() == GatewayOrigin.BACKGROUND) {
      background(id, object, batch, response);
      return;
    }
    if (!Batches.isOver(batch)) {
      response.header(HeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
      response.header(POLL_AFTER, POLL_AFTER_MILLIS);
      String model = Objects.requireNonNullElse(batch.getModel(), "");
      Answer.send(response, 202, DeferredJson.of(id, object, batch, model));
      return;
    }
    switch (answers.of(object.getTenant(), batch)) {
      case Answers.Answer.Given(int status, byte[] body) -> Answer.send(response, status, body);
      case Answers.Answer.None(ApiError why) -> throw new ApiException(why);
    }
  }

  private void background(
      String id, GatewayObject object, GatewayBatch batch, ServerResponse response)
      throws InterruptedException {
    boolean isCancelled = cancel(object).isPresent();
    if (!isCancelled && !Batches.isOver(batch)) {
      response.header(POLL_AFTER, POLL_AFTER_MILLIS);
    }
    byte[] json =
        isCancelled
            ? BackgroundJson.cancelled(id, object, batch)
            : Batches.isOver(batch)
                ? BackgroundJson.over(id, object, batch, answers.of(object.getTenant(), batch))
                : BackgroundJson.waiting(id, object, batch);
    Answer.send(response, 200, json);
  }

  private void cancel(ServerRequest request, ServerResponse response) throws InterruptedException {
    String tenant = entrance.admit(request).tenantOrDefault();
    String id = request.path().pathParameters().get("id");
    GatewayObject object =
        find(tenant, id)
            .filter(each -> ((GatewayBatch) each.getObject()).getEndpoint().equals("/v1/responses"))
            .orElseThrow(() -> unknown(id));
    GatewayBatch batch = (GatewayBatch) object.getObject();
    if (batch.getOrigin() != GatewayOrigin.BACKGROUND) {
      throw new ApiException(
          new ApiError(
              400,
              "not_in_background",
              "only a response that was created with background=true can be cancelled here; this"
                  + " one is the batch "
                  + object.getId()));
    }
    if (!Batches.isOver(batch) && cancel(object).isEmpty()) {
      objects.put(
          GatewayObject.newBuilder()
              .setTenant(tenant)
              .setId(object.getId() + Batches.CANCEL)
              .setCreatedAt(clock.instant())
              .setObject(GatewayCancel.newBuilder().setBatchId(object.getId()).build())
              .build());
    }
    background(id, object, batch, response);
  }

  private Optional<GatewayObject> cancel(GatewayObject batch) {
    return objects.known(new ObjectKey(batch.getTenant(), batch.getId() + Batches.CANCEL));
  }

  private Optional<GatewayObject> find(String tenant, String id) throws InterruptedException {
    String batch = DeferredId.batch(id);
    Optional<GatewayObject> found =
        batch == null ? Optional.empty() : objects.find(new ObjectKey(tenant, batch));
    return found.filter(
        each ->
            each.getObject() instanceof GatewayBatch known
                && known.getOrigin() != GatewayOrigin.LINES
                && known.getLines() <= 1
                && (id.equals(DeferredId.of(known.getEndpoint(), each.getId()))
                    || id.equals(each.getId())));
  }

  private static ApiException unknown(String id) {
    return new ApiException(
        new ApiError(404, "not_found", "there is no deferred call '" + id + "'", "id"));
  }
}
