package dev.offpeak.ingest.resources;

import dev.offpeak.ingest.batches.VirtualBatches;
import dev.offpeak.ingest.files.FileObjects;
import dev.offpeak.ingest.http.Answer;
import dev.offpeak.ingest.http.Entrance;
import dev.offpeak.ingest.http.Json;
import dev.offpeak.ingest.http.PublicAddress;
import dev.offpeak.ingest.objects.Batches;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayFile;
import dev.offpeak.schemas.avro.GatewayObject;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code files} of Gemini, but for how they come in. */
public final class FilesResource implements Consumer<HttpRouting.Builder> {

  private static final String DOWNLOAD = ":download";

  private final Entrance entrance;
  private final FileObjects files;
  private final VirtualBatches batches;
  private final PublicAddress address;

  /**
   * @param batches of this API, whose responses are files
   */
  public FilesResource(
      Entrance entrance, FileObjects files, VirtualBatches batches, PublicAddress address) {
    this.entrance = entrance;
    this.files = files;
    this.batches = batches;
    this.address = address;
  }

  @Override
  public void accept(HttpRouting.Builder routing) {
    for (String base : Names.BASES) {
      routing.get(base + "/files", Names.ofGemini(this::list));
      routing.get(base + "/files/*", Names.ofGemini(this::get));
      routing.delete(base + "/files/*", Names.ofGemini(this::delete));
      routing.get("/download" + base + "/files/*", this::get);
    }
  }

  private void list(ServerRequest request, ServerResponse response) throws InterruptedException {
    String tenant = entrance.admit(request).tenantOrDefault();
    FileJson json = json(request, address);
    Answer.send(
        response,
        200,
        Names.page(request, "files", files.of(tenant), GatewayObject::getId, json::write));
  }

  private void get(ServerRequest request, ServerResponse response) throws InterruptedException {
    String tenant = entrance.admit(request).tenantOrDefault();
    String path = Names.id(request, Names.FILES);
    boolean isDownload = path.endsWith(DOWNLOAD);
    String id = isDownload ? path.substring(0, path.length() - DOWNLOAD.length()) : path;
    Optional<GatewayObject> file = files.find(tenant, id);
    GatewayObject object = file.isPresent() ? file.get() : responses(tenant, id);
    if (isDownload) {
      download(object, response);
    } else if (file.isPresent()) {
      Answer.send(response, 200, json(request, address).of(object));
    } else {
      GatewayBatch batch = (GatewayBatch) object.getObject();
      Answer.send(
          response,
          200,
          json(request, address)
              .responses(
                  id, Objects.requireNonNullElse(batch.getEndedAt(), object.getCreatedAt())));
    }
  }

  /** The batch whose responses are that file. */
  private GatewayObject responses(String tenant, String id) throws InterruptedException {
    if (!id.startsWith(Names.RESPONSES)) {
      throw Names.notFound();
    }
    return batches
        .find(tenant, id.substring(Names.RESPONSES.length()))
        .map(each -> each.object())
        .filter(each -> Batches.isOver((GatewayBatch) each.getObject()))
        .orElseThrow(Names::notFound);
  }

  private void download(GatewayObject object, ServerResponse response) throws InterruptedException {
    response.header(HeaderNames.CONTENT_TYPE, "application/octet-stream");
    if (object.getObject() instanceof GatewayFile file) {
      response.contentLength(file.getBytes());
      if (file.getBytes() == 0) {
        response.send();
        return;
      }
    }
    try (OutputStream out = new BufferedOutputStream(response.outputStream())) {
      if (object.getObject() instanceof GatewayFile) {
        files.copy(object, out);
      } else {
        new Responses(batches).writeLines(object, out);
      }
    } catch (IOException e) {
      throw new CloseConnectionException("a file could not be handed out", e);
    }
  }

  private void delete(ServerRequest request, ServerResponse response) throws InterruptedException {
    String tenant = entrance.admit(request).tenantOrDefault();
    String id = Names.id(request, Names.FILES);
    Optional<GatewayObject> file = files.find(tenant, id);
    if (file.isEmpty()) {
      var _ = responses(tenant, id);
      throw Names.bad("the responses of a batch are deleted with it: delete the batch");
    }
    files.delete(file.get());
    Answer.send(response, 200, Json.object(json -> {}));
  }

  /** Files with the addresses by which the client of a request can ask for them. */
  static FileJson json(ServerRequest request, PublicAddress address) {
    return new FileJson(name -> address.of(request, Names.BASES.getFirst() + "/" + name));
  }
}
