package dev.offpeak.ingest.deferred;

import dev.offpeak.ingest.files.FileStore;
import dev.offpeak.ingest.http.Answer;
import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.ingest.http.Entrance;
import dev.offpeak.ingest.line.JsonSpan;
import dev.offpeak.ingest.objects.Batches;
import dev.offpeak.ingest.objects.ObjectKey;
import dev.offpeak.ingest.objects.ObjectStore;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayFile;
import dev.offpeak.schemas.avro.GatewayObject;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where deferred calls are asked for: 202 while they wait, then the provider's own answer. */
public final class DeferredRoutes implements Consumer<HttpRouting.Builder> {

  private static final String RETRY_AFTER_SECONDS = "30";

  private final List<String> bases;
  private final Entrance entrance;
  private final ObjectStore objects;
  private final FileStore files;

  /**
   * @param bases what stands before the paths
   */
  public DeferredRoutes(
      List<String> bases, Entrance entrance, ObjectStore objects, FileStore files) {
    this.bases = List.copyOf(bases);
    this.entrance = entrance;
    this.objects = objects;
    this.files = files;
  }

  @Override
  public void accept(HttpRouting.Builder routing) {
    for (String base : bases) {
      routing.get(base + "/chat/completions/{id}", this::get);
      routing.get(base + "/responses/{id}", this::get);
      routing.get(base + "/requests/{id}", this::get);
    }
  }

  private void get(ServerRequest request, ServerResponse response) throws InterruptedException {
    String tenant = entrance.admit(request).tenantOrDefault();
    String id = request.path().pathParameters().get("id");
    GatewayObject object = find(tenant, id);
    GatewayBatch batch = (GatewayBatch) object.getObject();
    if (!Batches.isOver(batch)) {
      response.header(HeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
      String model = Objects.requireNonNullElse(batch.getModel(), "");
      Answer.send(response, 202, DeferredJson.of(id, object, batch, model));
      return;
    }
    String file =
        batch.getOutputFileId() == null ? batch.getErrorFileId() : batch.getOutputFileId();
    answer(response, batch, file == null ? null : line(tenant, file));
  }

  private GatewayObject find(String tenant, String id) throws InterruptedException {
    String batch = DeferredId.batch(id);
    Optional<GatewayObject> found =
        batch == null ? Optional.empty() : objects.find(new ObjectKey(tenant, batch));
    return found
        .filter(
            each ->
                each.getObject() instanceof GatewayBatch known
                    && known.getLines() <= 1
                    && (id.equals(DeferredId.of(known.getEndpoint(), each.getId()))
                        || id.equals(each.getId())))
        .orElseThrow(
            () ->
                new ApiException(
                    new ApiError(
                        404, "not_found", "there is no deferred call '" + id + "'", "id")));
  }

  private byte @Nullable [] line(String tenant, String id) throws InterruptedException {
    Optional<GatewayObject> object = objects.find(new ObjectKey(tenant, id));
    if (object.isPresent() && object.get().getObject() instanceof GatewayFile file) {
      try (InputStream in = files.open(file, 0)) {
        return in.readAllBytes();
      } catch (IOException e) {
        throw new ApiException(
            new ApiError(503, "kafka_unavailable", "the answer can't be read: " + e.getMessage()));
      }
    }
    return null;
  }

  private static void answer(ServerResponse response, GatewayBatch batch, byte @Nullable [] line) {
    if (!batch.getErrors().isEmpty()) {
      var error = batch.getErrors().getFirst();
      throw new ApiException(new ApiError(400, error.getCode(), error.getMessage()));
    }
    if (line == null) {
      throw new ApiException(
          new ApiError(
              410, "no_answer", "the call was cancelled, or its answer is not kept any more"));
    }
    try {
      JsonSpan body = JsonSpan.of(line, "response", "body");
      JsonSpan status = JsonSpan.of(line, "response", "status_code");
      if (body != null && status != null) {
        Answer.send(response, Integer.parseInt(text(status, line)), body.valueIn(line));
        return;
      }
      JsonSpan code = JsonSpan.of(line, "error", "code");
      JsonSpan message = JsonSpan.of(line, "error", "message");
      throw new ApiException(
          new ApiError(
              400,
              code == null ? "failed" : text(code, line).replace("\"", ""),
              message == null ? "the call failed" : text(message, line).replace("\"", "")));
    } catch (IOException e) {
      throw new ApiException(new ApiError(500, "internal_error", "the answer can't be read"));
    }
  }

  private static String text(JsonSpan span, byte[] line) {
    return new String(span.valueIn(line), StandardCharsets.UTF_8).strip();
  }
}
