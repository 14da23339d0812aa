package dev.offpeak.ingest.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.ingest.auth.Caller;
import dev.offpeak.ingest.http.Answer;
import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.ingest.http.Bodies;
import dev.offpeak.ingest.http.Entrance;
import dev.offpeak.ingest.http.Repeats;
import dev.offpeak.ingest.objects.Creates;
import dev.offpeak.ingest.objects.ObjectIds;
import dev.offpeak.ingest.objects.ObjectKey;
import dev.offpeak.ingest.objects.ObjectStore;
import dev.offpeak.ingest.objects.Shown;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.avro.GatewayPart;
import dev.offpeak.schemas.avro.GatewayUpload;
import dev.offpeak.schemas.avro.GatewayUploadStatus;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** {@code /v1/uploads} as OpenAI has them: a file that comes in parts. */
public final class UploadsRoutes implements Consumer<HttpRouting.Builder> {

  private static final Duration OPEN_FOR = Duration.ofHours(24);

  private final List<String> bases;
  private final Entrance entrance;
  private final Bodies bodies;
  private final Uploads uploads;
  private final Completion completion;
  private final ObjectStore objects;
  private final Creates creates;
  private final ObjectIds ids;
  private final Clock clock;

  /**
   * @param bases what stands before the paths
   */
  public UploadsRoutes(
      List<String> bases,
      Entrance entrance,
      Bodies bodies,
      Uploads uploads,
      FileStore files,
      ObjectStore objects,
      Creates creates,
      ObjectIds ids,
      Clock clock) {
    this.bases = List.copyOf(bases);
    this.entrance = entrance;
    this.bodies = bodies;
    this.uploads = uploads;
    this.completion = new Completion(files, objects, creates, ids, clock);
    this.objects = objects;
    this.creates = creates;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public void accept(HttpRouting.Builder routing) {
    for (String base : bases) {
      routing.post(base + "/uploads", this::create);
      routing.get(base + "/uploads/{id}", this::get);
      routing.post(base + "/uploads/{id}/parts", this::part);
      routing.post(base + "/uploads/{id}/complete", this::complete);
      routing.post(base + "/uploads/{id}/cancel", this::cancel);
    }
  }

  private void create(ServerRequest request, ServerResponse response) throws InterruptedException {
    Caller caller = entrance.admit(request);
    byte[] body = bodies.read(request);
    UploadOrder order = UploadOrder.of(body);
    Repeats call = Repeats.of(request, caller, "uploads", new String(body, UTF_8));
    String id = ids.next("upload_");
    String tenant = caller.tenantOrDefault();
    GatewayObject upload =
        creates.once(
            tenant,
            call,
            id,
            () ->
                GatewayObject.newBuilder()
                    .setTenant(tenant)
                    .setId(id)
                    .setCreatedAt(clock.instant())
                    .setCreatedBy(call.digest())
                    .setObject(upload(order))
                    .build());
    answer(response, upload);
  }

  private GatewayUpload upload(UploadOrder order) {
    Long bytes = order.bytes();
    if (bytes == null) {
      throw UploadOrder.missing("bytes");
    }
    if (bytes <= 0) {
      throw Uploads.bad("bytes is " + bytes + "; it must be the size of the file", "bytes");
    }
    String filename = UploadForm.plainName(order.required("filename"));
    return GatewayUpload.newBuilder()
        .setFilename(filename)
        .setPurpose(UploadForm.requirePurpose(order.required("purpose")))
        .setMimeType(order.required("mime_type"))
        .setBytes(bytes)
        .setStatus(GatewayUploadStatus.PENDING)
        .setExpiresAt(clock.instant().plus(OPEN_FOR))
        .setFileLife(UploadForm.life(order.life()).toSeconds())
        .build();
  }

  private void part(ServerRequest request, ServerResponse response) throws InterruptedException {
    Caller caller = entrance.admit(request);
    GatewayObject upload = find(request, caller);
    requirePending(upload);
    GatewayObject part = uploads.takePart(request, caller, upload.getId());
    Answer.send(response, 200, UploadJson.of(part, (GatewayPart) part.getObject()));
  }

  private void complete(ServerRequest request, ServerResponse response)
      throws InterruptedException {
    Caller caller = entrance.admit(request);
    byte[] body = bodies.read(request);
    UploadOrder order = UploadOrder.of(body);
    List<String> parts = order.parts();
    if (parts == null) {
      throw UploadOrder.missing("part_ids");
    }
    GatewayObject upload = find(request, caller);
    GatewayUpload about = (GatewayUpload) upload.getObject();
    if (about.getStatus() != GatewayUploadStatus.COMPLETED) {
      requirePending(upload);
      upload = completion.of(upload, about, parts, order.texts().get("md5"));
    }
    answer(response, upload);
  }

  private void cancel(ServerRequest request, ServerResponse response) throws InterruptedException {
    GatewayObject upload = find(request, entrance.admit(request));
    GatewayUpload about = (GatewayUpload) upload.getObject();
    if (about.getStatus() != GatewayUploadStatus.CANCELLED) {
      requirePending(upload);
      upload = completion.cancel(upload, about);
    }
    answer(response, upload);
  }

  private void get(ServerRequest request, ServerResponse response) throws InterruptedException {
    answer(response, find(request, entrance.admit(request)));
  }

  private void answer(ServerResponse response, GatewayObject upload) throws InterruptedException {
    GatewayUpload about = (GatewayUpload) upload.getObject();
    String file = about.getFileId();
    Shown shown =
        file == null
            ? null
            : objects
                .find(new ObjectKey(upload.getTenant(), file))
                .map(each -> new Shown(each, null))
                .orElse(null);
    Answer.send(response, 200, UploadJson.of(upload, about, shown));
  }

  private GatewayObject find(ServerRequest request, Caller caller) throws InterruptedException {
    String id = request.path().pathParameters().get("id");
    return objects
        .find(new ObjectKey(caller.tenantOrDefault(), id))
        .filter(
            each ->
                each.getObject() instanceof GatewayUpload upload
                    && upload.getExpiresAt().isAfter(clock.instant()))
        .orElseThrow(
            () ->
                new ApiException(
                    new ApiError(404, "not_found", "No such Upload object: " + id, "id")));
  }

  private static void requirePending(GatewayObject upload) {
    GatewayUploadStatus status = ((GatewayUpload) upload.getObject()).getStatus();
    if (status != GatewayUploadStatus.PENDING) {
      throw new ApiException(
          new ApiError(
              400,
              "upload_not_pending",
              "the upload "
                  + upload.getId()
                  + " is "
                  + status.name().toLowerCase(Locale.ROOT)
                  + ", and takes nothing more"));
    }
  }
}
