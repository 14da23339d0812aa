package dev.offpeak.ingest.messages;

import dev.offpeak.ingest.auth.Caller;
import dev.offpeak.ingest.batches.VirtualBatches;
import dev.offpeak.ingest.files.FileStore;
import dev.offpeak.ingest.http.Answer;
import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.ingest.http.Entrance;
import dev.offpeak.ingest.http.Incoming;
import dev.offpeak.ingest.http.PublicAddress;
import dev.offpeak.ingest.http.RecordStamp;
import dev.offpeak.ingest.objects.Batches;
import dev.offpeak.ingest.objects.Page;
import dev.offpeak.ingest.objects.Shown;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.request.Endpoints;
import io.helidon.common.parameters.Parameters;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Headers;

/** {@code /v1/messages/batches} as Anthropic has them. */
public final class MessageBatchesRoutes implements Consumer<HttpRouting.Builder> {

  private static final String PATH = "/v1/messages/batches";
  private static final Duration WINDOW = Duration.ofDays(1);
  private static final int USUALLY_LISTED = 20;
  private static final int MOST_LISTED = 1_000;

  private final Entrance entrance;
  private final Incoming incoming;
  private final VirtualBatches batches;
  private final FileStore files;
  private final PublicAddress address;
  private final int requestLimit;
  private final Clock clock;

  /**
   * @param batches of this API
   * @param requestLimit bytes of one request
   */
  public MessageBatchesRoutes(
      Entrance entrance,
      Incoming incoming,
      VirtualBatches batches,
      FileStore files,
      PublicAddress address,
      int requestLimit,
      Clock clock) {
    this.entrance = entrance;
    this.incoming = incoming;
    this.batches = batches;
    this.files = files;
    this.address = address;
    this.requestLimit = requestLimit;
    this.clock = clock;
  }

  @Override
  public void accept(HttpRouting.Builder routing) {
    routing.post(PATH, this::create);
    routing.get(PATH, this::list);
    routing.get(PATH + "/{id}", this::get);
    routing.delete(PATH + "/{id}", this::delete);
    routing.post(PATH + "/{id}/cancel", this::cancel);
    routing.get(PATH + "/{id}/results", this::results);
  }

  private void create(ServerRequest request, ServerResponse response) throws InterruptedException {
    Caller caller = entrance.admit(request);
    Headers headers =
        RecordStamp.of(name -> request.headers().first(HeaderNames.create(name)), caller);
    GatewayObject object =
        incoming.read(
            request,
            caller,
            body -> {
              try (FileStore.Writing lines = files.begin()) {
                int count = MessageRequests.read(body, lines, headers, requestLimit);
                return batches.create(
                    request,
                    caller,
                    new VirtualBatches.Order(Endpoints.MESSAGES, count, Map.of(), Map.of(), WINDOW),
                    lines.finish());
              }
            });
    Answer.send(response, 200, json(request).of(new Shown(object, null)));
  }

  private void list(ServerRequest request, ServerResponse response) throws InterruptedException {
    String tenant = entrance.admit(request).tenantOrDefault();
    Parameters query = request.query();
    String after = query.first("after_id").orElse("");
    String before = query.first("before_id").orElse("");
    if (!after.isEmpty() && !before.isEmpty()) {
      throw new ApiException(
          new ApiError(400, "invalid_value", "after_id and before_id exclude each other"));
    }
    int limit = Page.limit(query, USUALLY_LISTED, MOST_LISTED);
    List<Shown> all = batches.of(tenant);
    Page page =
        before.isEmpty()
            ? Page.after(all, place(after), limit)
            : Page.before(all, place(before), limit);
    Answer.send(response, 200, json(request).of(page));
  }

  private static String place(String id) {
    return id.isEmpty() ? "" : "batch_" + MessageBatchJson.name(id);
  }

  private void get(ServerRequest request, ServerResponse response) throws InterruptedException {
    Answer.send(response, 200, json(request).of(find(request)));
  }

  private void cancel(ServerRequest request, ServerResponse response) throws InterruptedException {
    GatewayObject object = find(request).object();
    if (Batches.isOver((GatewayBatch) object.getObject())) {
      throw bad(object, "has ended and can't be canceled any more");
    }
    Answer.send(response, 200, json(request).of(batches.cancel(object)));
  }

  private void delete(ServerRequest request, ServerResponse response) throws InterruptedException {
    GatewayObject object = find(request).object();
    if (!Batches.isOver((GatewayBatch) object.getObject())) {
      throw bad(object, "is still in progress: cancel it first, and delete it when it has ended");
    }
    batches.delete(object);
    Answer.send(response, 200, MessageBatchJson.deleted(object));
  }

  private static ApiException bad(GatewayObject object, String why) {
    return new ApiException(
        new ApiError(
            400,
            "invalid_request",
            "the message batch " + MessageBatchJson.id(object) + " " + why,
            "id"));
  }

  private void results(ServerRequest request, ServerResponse response) throws InterruptedException {
    GatewayObject object = find(request).object();
    if (!MessageBatchJson.hasResults(object, clock)) {
      throw bad(
          object,
          Batches.isOver((GatewayBatch) object.getObject())
              ? "is archived: its results are kept for 29 days"
              : "has no results yet: they are there when its processing_status is ended");
    }
    response.header(HeaderNames.CONTENT_TYPE, "application/x-jsonl");
    try (OutputStream out = new BufferedOutputStream(response.outputStream())) {
      batches.outcomes(object, outcome -> out.write(MessageResult.of(outcome)));
    } catch (IOException e) {
      throw new CloseConnectionException("results could not be handed out", e);
    }
  }

  private MessageBatchJson json(ServerRequest request) {
    return new MessageBatchJson(clock, id -> address.of(request, PATH + "/" + id + "/results"));
  }

  private Shown find(ServerRequest request) throws InterruptedException {
    String tenant = entrance.admit(request).tenantOrDefault();
    String id = request.path().pathParameters().get("id");
    return batches
        .find(tenant, MessageBatchJson.name(id))
        .orElseThrow(
            () ->
                new ApiException(
                    new ApiError(
                        404, "not_found", "There is no message batch with the id '" + id + "'.")));
  }
}
