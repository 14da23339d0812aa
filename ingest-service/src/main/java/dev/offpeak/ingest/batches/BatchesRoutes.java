package dev.offpeak.ingest.batches;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.ingest.auth.Caller;
import dev.offpeak.ingest.http.Answer;
import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.ingest.http.Bodies;
import dev.offpeak.ingest.http.Entrance;
import dev.offpeak.ingest.http.RecordStamp;
import dev.offpeak.ingest.http.Repeats;
import dev.offpeak.ingest.objects.Batches;
import dev.offpeak.ingest.objects.Creates;
import dev.offpeak.ingest.objects.ObjectIds;
import dev.offpeak.ingest.objects.ObjectJson;
import dev.offpeak.ingest.objects.ObjectKey;
import dev.offpeak.ingest.objects.ObjectStore;
import dev.offpeak.ingest.objects.Page;
import dev.offpeak.ingest.objects.Shown;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayBatchStatus;
import dev.offpeak.schemas.avro.GatewayCancel;
import dev.offpeak.schemas.avro.GatewayFile;
import dev.offpeak.schemas.avro.GatewayForm;
import dev.offpeak.schemas.avro.GatewayObject;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** {@code /v1/batches} as OpenAI has them. */
public final class BatchesRoutes implements Consumer<HttpRouting.Builder> {

  private static final int USUALLY_LISTED = 20;
  private static final int MOST_LISTED = 100;
  private static final HeaderName BAD_LINES = HeaderNames.create("x-offpeak-bad-lines");

  private final List<String> bases;
  private final Entrance entrance;
  private final Bodies bodies;
  private final ObjectStore objects;
  private final Creates creates;
  private final FilePurse purse;
  private final ObjectIds ids;
  private final Clock clock;

  /**
   * @param bases what stands before the paths
   */
  public BatchesRoutes(
      List<String> bases,
      Entrance entrance,
      Bodies bodies,
      ObjectStore objects,
      Creates creates,
      FilePurse purse,
      ObjectIds ids,
      Clock clock) {
    this.bases = List.copyOf(bases);
    this.entrance = entrance;
    this.bodies = bodies;
    this.objects = objects;
    this.creates = creates;
    this.purse = purse;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public void accept(HttpRouting.Builder routing) {
    for (String base : bases) {
      routing.post(base + "/batches", this::create);
      routing.get(base + "/batches", this::list);
      routing.get(base + "/batches/{id}", this::get);
      routing.post(base + "/batches/{id}/cancel", this::cancel);
    }
  }

  private void create(ServerRequest request, ServerResponse response) throws InterruptedException {
    Caller caller = entrance.admit(request);
    String tenant = caller.tenantOrDefault();
    byte[] body = bodies.read(request);
    BatchOrder order = BatchOrder.of(body);
    Repeats asked = Repeats.of(request, caller, "batches", new String(body, UTF_8));
    String id = ids.next("batch_");
    GatewayObject object =
        creates.once(tenant, asked, id, () -> object(id, order, asked, request, caller));
    answer(response, object);
  }

  private GatewayObject object(
      String id, BatchOrder order, Repeats asked, ServerRequest request, Caller caller)
      throws InterruptedException {
    String tenant = caller.tenantOrDefault();
    GatewayFile file = requireFile(tenant, order.inputFile());
    purse.reserve(
        id,
        caller,
        request,
        request.headers().first(HeaderNames.create("x-offpeak-model")).orElse(null),
        file);
    Map<String, String> headers = new HashMap<>();
    RecordStamp.of(name -> request.headers().first(HeaderNames.create(name)), caller)
        .forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
    return GatewayObject.newBuilder()
        .setTenant(tenant)
        .setId(id)
        .setCreatedAt(clock.instant())
        .setCreatedBy(asked.digest())
        .setObject(batch(order, headers, badLines(request)))
        .build();
  }

  /** Whether bad lines go to the error file, instead of failing all. */
  private static boolean badLines(ServerRequest request) {
    String wish = request.headers().first(BAD_LINES).orElse("fail");
    if (!wish.equals("fail") && !wish.equals("error-file")) {
      throw new ApiException(
          new ApiError(
              400,
              "invalid_value",
              "x-offpeak-bad-lines is '" + wish + "'; it must be error-file, or fail",
              "x-offpeak-bad-lines"));
    }
    return wish.equals("error-file");
  }

  private GatewayBatch batch(BatchOrder order, Map<String, String> headers, boolean badLines) {
    CompletionWindow window = CompletionWindow.of(order.completionWindow()).orElseThrow();
    Instant end = clock.instant().plus(window.length());
    return GatewayBatch.newBuilder()
        .setStatus(GatewayBatchStatus.VALIDATING)
        .setEndpoint(order.endpoint())
        .setInputFileId(order.inputFile())
        .setCompletionWindow(order.completionWindow())
        .setDeadline(window.isDeadline() ? end : null)
        .setExpiresAt(end)
        .setMetadata(order.metadata())
        .setHeaders(headers)
        .setBadLines(badLines)
        .setOutputExpiresAfter(order.outputLife())
        .build();
  }

  private GatewayFile requireFile(String tenant, String id) throws InterruptedException {
    return objects
        .find(new ObjectKey(tenant, id))
        .map(GatewayObject::getObject)
        .filter(GatewayFile.class::isInstance)
        .map(GatewayFile.class::cast)
        .filter(
            file ->
                file.getPurpose().equals("batch")
                    && (file.getExpiresAt() == null
                        || file.getExpiresAt().isAfter(clock.instant())))
        .orElseThrow(
            () ->
                new ApiException(
                    new ApiError(
                        404,
                        "not_found",
                        "No such File object: " + id + " (an input file has the purpose batch)",
                        "input_file_id")));
  }

  private void list(ServerRequest request, ServerResponse response) throws InterruptedException {
    String tenant = entrance.admit(request).tenantOrDefault();
    List<GatewayObject> all = objects.of(tenant);
    Map<String, Instant> cancels = new HashMap<>();
    for (GatewayObject each : all) {
      if (each.getObject() instanceof GatewayCancel cancel) {
        cancels.put(cancel.getBatchId(), each.getCreatedAt());
      }
    }
    Page page =
        Page.of(
            all,
            BatchesRoutes::isOfThisApi,
            request.query(),
            USUALLY_LISTED,
            MOST_LISTED,
            each -> new Shown(each, cancels.get(each.getId())));
    Answer.send(response, 200, ObjectJson.of(page));
  }

  private void get(ServerRequest request, ServerResponse response) throws InterruptedException {
    answer(response, find(request));
  }

  private void cancel(ServerRequest request, ServerResponse response) throws InterruptedException {
    GatewayObject object = find(request);
    GatewayBatch batch = (GatewayBatch) object.getObject();
    if (batch.getStatus() == GatewayBatchStatus.COMPLETED
        || batch.getStatus() == GatewayBatchStatus.EXPIRED
        || batch.getStatus() == GatewayBatchStatus.FAILED) {
      throw new ApiException(
          new ApiError(
              409,
              "batch_ended",
              "the batch " + object.getId() + " has ended and can't be cancelled any more"));
    }
    if (!Batches.isOver(batch)) {
      objects.put(
          GatewayObject.newBuilder()
              .setTenant(object.getTenant())
              .setId(object.getId() + Batches.CANCEL)
              .setCreatedAt(clock.instant())
              .setObject(GatewayCancel.newBuilder().setBatchId(object.getId()).build())
              .build());
    }
    answer(response, object);
  }

  private void answer(ServerResponse response, GatewayObject object) {
    Instant cancelling =
        objects
            .known(new ObjectKey(object.getTenant(), object.getId() + Batches.CANCEL))
            .map(GatewayObject::getCreatedAt)
            .orElse(null);
    Answer.send(response, 200, ObjectJson.of(new Shown(object, cancelling)));
  }

  private GatewayObject find(ServerRequest request) throws InterruptedException {
    String tenant = entrance.admit(request).tenantOrDefault();
    String id = request.path().pathParameters().get("id");
    return objects
        .find(new ObjectKey(tenant, id))
        .filter(BatchesRoutes::isOfThisApi)
        .orElseThrow(
            () ->
                new ApiException(
                    new ApiError(404, "not_found", "No batch found with id '" + id + "'.", "id")));
  }

  private static boolean isOfThisApi(GatewayObject object) {
    return object.getObject() instanceof GatewayBatch batch
        && batch.getForm() == GatewayForm.OPENAI;
  }
}
