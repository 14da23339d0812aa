package dev.offpeak.ingest.files;

import dev.offpeak.ingest.auth.Caller;
import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.ingest.http.Incoming;
import dev.offpeak.ingest.http.Repeats;
import dev.offpeak.ingest.objects.Creates;
import dev.offpeak.ingest.objects.ObjectIds;
import dev.offpeak.schemas.avro.GatewayFile;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.avro.GatewayPart;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Takes files that are uploaded: the bytes go to where files are kept while they come, since SDKs
 * may send what the file is for behind it.
 */
public final class Uploads {

  private static final int LONGEST_FIELD = 64 * 1024;

  private final FileStore files;
  private final Creates creates;
  private final ObjectIds ids;
  private final Clock clock;
  private final Incoming incoming;

  public Uploads(FileStore files, Creates creates, ObjectIds ids, Clock clock, Incoming incoming) {
    this.files = files;
    this.creates = creates;
    this.ids = ids;
    this.clock = clock;
    this.incoming = incoming;
  }

  /**
   * Takes the file of a request.
   *
   * @throws ApiException when there is none that can be taken
   */
  GatewayObject take(ServerRequest request, Caller caller) throws InterruptedException {
    return take(request, caller, "file", form -> keep(request, caller, form));
  }

  /** Takes a part of an upload. */
  GatewayObject takePart(ServerRequest request, Caller caller, String upload)
      throws InterruptedException {
    return take(request, caller, "data", form -> keepPart(request, caller, form, upload));
  }

  /** Makes an object of what came in. */
  @FunctionalInterface
  private interface Keep {
    GatewayObject of(UploadForm form) throws IOException, InterruptedException;
  }

  private GatewayObject take(ServerRequest request, Caller caller, String name, Keep keep)
      throws InterruptedException {
    String boundary =
        MultipartForm.boundary(request.headers().first(HeaderNames.CONTENT_TYPE).orElse(""));
    if (boundary == null || boundary.isEmpty()) {
      throw bad("Content-Type must be multipart/form-data with a boundary", "content-type");
    }
    return incoming.read(
        request,
        caller,
        body -> {
          try (UploadForm form = new UploadForm(files, name)) {
            form.read(new MultipartForm(body, boundary));
            // Nothing is made of a body that breaks off behind the form.
            body.transferTo(OutputStream.nullOutputStream());
            return keep.of(form);
          }
        });
  }

  private GatewayObject keep(ServerRequest request, Caller caller, UploadForm form)
      throws IOException, InterruptedException {
    UploadForm.Terms terms = form.terms();
    FileStore.Finished finished = form.finish();
    String tenant = caller.tenantOrDefault();
    Repeats asked = Repeats.of(request, caller, "files", terms.filename() + finished.sha256());
    String id = ids.next("file-");
    Instant now = clock.instant();
    GatewayFile file =
        GatewayFile.newBuilder()
            .setFilename(terms.filename())
            .setPurpose(terms.purpose())
            .setBytes(finished.bytes())
            .setSha256(finished.sha256())
            .setExpiresAt(now.plus(terms.life()))
            .setStored(finished.stored())
            .build();
    GatewayObject object =
        GatewayObject.newBuilder()
            .setTenant(tenant)
            .setId(id)
            .setCreatedAt(now)
            .setCreatedBy(asked.digest())
            .setObject(file)
            .build();
    GatewayObject made = creates.once(tenant, asked, id, () -> object);
    if (!made.getId().equals(id)) {
      files.delete(finished.stored());
    }
    return made;
  }

  private GatewayObject keepPart(
      ServerRequest request, Caller caller, UploadForm form, String upload)
      throws IOException, InterruptedException {
    FileStore.Finished finished = form.finish();
    String tenant = caller.tenantOrDefault();
    String id = ids.next("part_");
    Repeats asked = Repeats.of(request, caller, upload + " parts", finished.sha256());
    GatewayObject made =
        creates.once(
            tenant,
            asked,
            id,
            () ->
                GatewayObject.newBuilder()
                    .setTenant(tenant)
                    .setId(id)
                    .setCreatedAt(clock.instant())
                    .setCreatedBy(asked.digest())
                    .setObject(
                        GatewayPart.newBuilder()
                            .setUploadId(upload)
                            .setBytes(finished.bytes())
                            .setSha256(finished.sha256())
                            .setStored(finished.stored())
                            .build())
                    .build());
    if (!made.getId().equals(id)) {
      files.delete(finished.stored());
    }
    return made;
  }

  static ApiException bad(String message, @Nullable String param) {
    return new ApiException(new ApiError(400, "invalid_request", message, param));
  }

  /** Longest value of a field. */
  static int longestField() {
    return LONGEST_FIELD;
  }
}
