package dev.offpeak.ingest.resources;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.ingest.auth.Caller;
import dev.offpeak.ingest.batches.VirtualBatches;
import dev.offpeak.ingest.files.FileObjects;
import dev.offpeak.ingest.files.FileStore;
import dev.offpeak.ingest.http.Answer;
import dev.offpeak.ingest.http.Entrance;
import dev.offpeak.ingest.http.Incoming;
import dev.offpeak.ingest.http.Json;
import dev.offpeak.ingest.http.RecordStamp;
import dev.offpeak.ingest.line.JsonItems;
import dev.offpeak.ingest.objects.Batches;
import dev.offpeak.ingest.objects.Shown;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.request.Endpoints;
import dev.offpeak.schemas.request.OffpeakHeaders;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;

/** {@code batches} of Gemini, and the methods of a model that create one. */
public final class OperationsRoutes implements Consumer<HttpRouting.Builder> {

  private static final Pattern CREATE =
      Pattern.compile("/v1(?:beta)?/models/([^/:]+):(batchGenerateContent|asyncBatchEmbedContent)");

  /** As long as Gemini's own. */
  private static final Duration WINDOW = Duration.ofDays(2);

  private static final String CANCEL = ":cancel";
  private static final JsonFactory JSON = new JsonFactory();

  private final Entrance entrance;
  private final Incoming incoming;
  private final VirtualBatches batches;
  private final Responses responses;
  private final FileObjects objects;
  private final FileStore files;
  private final int requestLimit;

  /**
   * @param batches of this API
   * @param requestLimit bytes of one request
   */
  public OperationsRoutes(
      Entrance entrance,
      Incoming incoming,
      VirtualBatches batches,
      FileObjects objects,
      FileStore files,
      int requestLimit) {
    this.entrance = entrance;
    this.incoming = incoming;
    this.batches = batches;
    this.responses = new Responses(batches);
    this.objects = objects;
    this.files = files;
    this.requestLimit = requestLimit;
  }

  @Override
  public void accept(HttpRouting.Builder routing) {
    for (String base : Names.BASES) {
      routing.post(base + "/models/*", this::create);
      routing.get(base + "/batches", Names.ofGemini(this::list));
      routing.get(base + "/batches/*", Names.ofGemini(this::get));
      routing.delete(base + "/batches/*", Names.ofGemini(this::delete));
      routing.post(base + "/batches/*", Names.ofGemini(this::cancel));
    }
  }

  private void create(ServerRequest request, ServerResponse response) throws InterruptedException {
    // SDKs may send the colon as it is or encoded.
    String path = URLDecoder.decode(request.path().absolute().rawPath().replace("+", "%2B"), UTF_8);
    Matcher method = CREATE.matcher(path);
    if (!method.matches()) {
      response.next();
      return;
    }
    boolean embeds = method.group(2).equals("asyncBatchEmbedContent");
    Caller caller = entrance.admit(request);
    GatewayObject object =
        create(
            request,
            caller,
            method.group(1),
            embeds ? Endpoints.EMBED_CONTENT : Endpoints.GENERATE_CONTENT);
    Answer.send(response, 200, withoutOutput(new Shown(object, null)));
  }

  private GatewayObject create(ServerRequest request, Caller caller, String model, String endpoint)
      throws InterruptedException {
    Headers headers =
        RecordStamp.of(name -> request.headers().first(HeaderNames.create(name)), caller);
    headers.remove(OffpeakHeaders.MODEL);
    headers.add(OffpeakHeaders.MODEL, model.getBytes(UTF_8));
    return incoming.read(
        request,
        caller,
        in -> {
          try (BatchBody body = new BatchBody(files, endpoint, headers)) {
            JsonItems.read(in, requestLimit, body);
            return create(request, caller, model, endpoint, body);
          }
        });
  }

  private GatewayObject create(
      ServerRequest request, Caller caller, String model, String endpoint, BatchBody body)
      throws IOException, InterruptedException {
    VirtualBatches.Order order =
        new VirtualBatches.Order(
            endpoint,
            body.count(),
            Map.of(OffpeakHeaders.MODEL, model),
            Map.of(OperationJson.DISPLAY_NAME, body.displayName()),
            WINDOW);
    FileStore.Finished lines = body.finish();
    boolean hasFile = !body.fileName().isEmpty();
    if (hasFile == (lines != null)) {
      throw Names.bad(
          "batch.inputConfig must have either a fileName or requests.requests with one at least");
    }
    if (lines != null) {
      return batches.create(request, caller, order, lines);
    }
    String file = body.fileName().replaceFirst("^" + Names.FILES, "");
    if (objects.find(caller.tenantOrDefault(), file).isEmpty()) {
      throw Names.notFound();
    }
    return batches.create(request, caller, order, file);
  }

  private void list(ServerRequest request, ServerResponse response) throws InterruptedException {
    String tenant = entrance.admit(request).tenantOrDefault();
    Answer.send(
        response,
        200,
        Names.page(
            request,
            "operations",
            batches.of(tenant),
            each -> each.object().getId(),
            (json, each) -> OperationJson.write(json, each, out -> file(each.object(), out))));
  }

  private void get(ServerRequest request, ServerResponse response) throws InterruptedException {
    Shown shown = find(request, Names.id(request, Names.BATCHES));
    GatewayObject object = shown.object();
    GatewayBatch batch = (GatewayBatch) object.getObject();
    if (!Batches.isOver(batch) || !responses.areInline(object)) {
      Answer.send(response, 200, withoutOutput(shown));
      return;
    }
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    try (OutputStream out = new BufferedOutputStream(response.outputStream());
        JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      OperationJson.write(json, shown, output -> inlined(object, batch, output));
      json.writeEndObject();
    } catch (IOException e) {
      throw new CloseConnectionException("responses could not be handed out", e);
    }
  }

  private void inlined(GatewayObject object, GatewayBatch batch, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(OperationJson.inlined(batch));
    json.writeArrayFieldStart("inlinedResponses");
    try {
      responses.writeItems(object, json);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Lists, and what has no responses yet, leave these out. */
  private static byte[] withoutOutput(Shown shown) {
    return Json.object(json -> OperationJson.write(json, shown, out -> file(shown.object(), out)));
  }

  private static void file(GatewayObject object, JsonGenerator json) throws IOException {
    json.writeStringField(
        "responsesFile", Names.FILES + Names.RESPONSES + VirtualBatches.name(object));
  }

  private void cancel(ServerRequest request, ServerResponse response) throws InterruptedException {
    String id = Names.id(request, Names.BATCHES);
    if (!id.endsWith(CANCEL)) {
      response.next();
      return;
    }
    Shown shown = find(request, id.substring(0, id.length() - CANCEL.length()));
    if (Batches.isOver((GatewayBatch) shown.object().getObject())) {
      throw Names.bad("the batch has ended and can't be cancelled any more");
    }
    var _ = batches.cancel(shown.object());
    Answer.send(response, 200, Json.object(json -> {}));
  }

  private void delete(ServerRequest request, ServerResponse response) throws InterruptedException {
    batches.delete(find(request, Names.id(request, Names.BATCHES)).object());
    Answer.send(response, 200, Json.object(json -> {}));
  }

  private Shown find(ServerRequest request, String id) throws InterruptedException {
    String tenant = entrance.admit(request).tenantOrDefault();
    return batches.find(tenant, id).orElseThrow(Names::notFound);
  }
}
