package dev.offpeak.ingest.files;

import dev.offpeak.ingest.auth.Caller;
import dev.offpeak.ingest.http.Answer;
import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.ingest.http.Entrance;
import dev.offpeak.ingest.objects.ObjectJson;
import dev.offpeak.ingest.objects.Page;
import dev.offpeak.ingest.objects.Shown;
import dev.offpeak.schemas.avro.GatewayFile;
import dev.offpeak.schemas.avro.GatewayObject;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.function.Consumer;

/** {@code /v1/files} as OpenAI has them. */
public final class FilesRoutes implements Consumer<HttpRouting.Builder> {

  private static final int MOST_LISTED = 10_000;

  private final List<String> bases;
  private final Entrance entrance;
  private final FileObjects objects;
  private final Uploads uploads;
  private final Contents contents;

  /**
   * @param bases what stands before the paths
   */
  public FilesRoutes(
      List<String> bases,
      Entrance entrance,
      FileObjects objects,
      FileStore files,
      Uploads uploads) {
    this.bases = List.copyOf(bases);
    this.entrance = entrance;
    this.objects = objects;
    this.uploads = uploads;
    this.contents = new Contents(files);
  }

  @Override
  public void accept(HttpRouting.Builder routing) {
    for (String base : bases) {
      routing.post(base + "/files", this::create);
      routing.get(base + "/files", this::list);
      routing.get(base + "/files/{id}", this::get);
      routing.delete(base + "/files/{id}", this::delete);
      routing.get(base + "/files/{id}/content", this::content);
      routing.head(base + "/files/{id}/content", this::content);
    }
  }

  private void create(ServerRequest request, ServerResponse response) throws InterruptedException {
    Caller caller = entrance.admit(request);
    GatewayObject file = uploads.take(request, caller);
    Answer.send(response, 200, ObjectJson.of(new Shown(file, null)));
  }

  private void list(ServerRequest request, ServerResponse response) throws InterruptedException {
    String tenant = entrance.admit(request).tenantOrDefault();
    String purpose = request.query().first("purpose").orElse("");
    Page page =
        Page.of(
            objects.of(tenant),
            each ->
                purpose.isEmpty() || purpose.equals(((GatewayFile) each.getObject()).getPurpose()),
            request.query(),
            MOST_LISTED,
            MOST_LISTED,
            each -> new Shown(each, null));
    Answer.send(response, 200, ObjectJson.of(page));
  }

  private void get(ServerRequest request, ServerResponse response) throws InterruptedException {
    Answer.send(response, 200, ObjectJson.of(new Shown(find(request), null)));
  }

  private void delete(ServerRequest request, ServerResponse response) throws InterruptedException {
    GatewayObject object = find(request);
    objects.delete(object);
    Answer.send(response, 200, ObjectJson.deleted(object.getId()));
  }

  private void content(ServerRequest request, ServerResponse response) throws InterruptedException {
    GatewayObject object = find(request);
    contents.send(object.getId(), (GatewayFile) object.getObject(), request, response);
  }

  /** The one place where a file is looked up: whose it is not, it is not there for. */
  private GatewayObject find(ServerRequest request) throws InterruptedException {
    String tenant = entrance.admit(request).tenantOrDefault();
    String id = request.path().pathParameters().get("id");
    return objects
        .find(tenant, id)
        .orElseThrow(
            () ->
                new ApiException(
                    new ApiError(404, "not_found", "No such File object: " + id, "id")));
  }
}
