package dev.offpeak.ingest.deferred;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.ingest.auth.Caller;
import dev.offpeak.ingest.budget.Purse;
import dev.offpeak.ingest.files.FileStore;
import dev.offpeak.ingest.http.Answer;
import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.ingest.http.Json;
import dev.offpeak.ingest.http.RecordStamp;
import dev.offpeak.ingest.http.Repeats;
import dev.offpeak.ingest.line.JsonItems;
import dev.offpeak.ingest.line.JsonLines;
import dev.offpeak.ingest.objects.Creates;
import dev.offpeak.ingest.objects.ObjectIds;
import dev.offpeak.ingest.objects.ObjectStore;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayBatchStatus;
import dev.offpeak.schemas.avro.GatewayFile;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.avro.GatewayOrigin;
import dev.offpeak.schemas.request.OffpeakHeaders;
import dev.offpeak.schemas.request.RequestDecoding;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Headers;

/**
 * Takes single calls that can wait: each becomes a batch of one line, with a file of its own, and
 * is answered with 202 and where to ask for it.
 */
public final class DeferredCalls {

  private static final String RETRY_AFTER_SECONDS = "30";
  private static final Duration WINDOW = Duration.ofDays(1);
  private static final Duration KEPT = Duration.ofDays(30);
  private static final int LONGEST_ID = 512;

  private final FileStore files;
  private final ObjectStore objects;
  private final Creates creates;
  private final Purse purse;
  private final ObjectIds ids;
  private final Clock clock;

  public DeferredCalls(
      FileStore files,
      ObjectStore objects,
      Creates creates,
      Purse purse,
      ObjectIds ids,
      Clock clock) {
    this.files = files;
    this.objects = objects;
    this.creates = creates;
    this.purse = purse;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Takes a call.
   *
   * @param endpoint of OpenAI's API, with its version
   * @param body as it was sent
   */
  public void take(
      String endpoint,
      String model,
      byte[] body,
      Caller caller,
      ServerRequest request,
      ServerResponse response)
      throws InterruptedException {
    Repeats asked = Repeats.of(request, caller, endpoint, new String(body, UTF_8));
    String made = ids.next("batch_");
    GatewayObject object =
        creates.once(
            caller.tenantOrDefault(),
            asked,
            made,
            () -> create(made, endpoint, model, body, caller, request, asked));
    GatewayBatch batch = (GatewayBatch) object.getObject();
    String id = DeferredId.of(endpoint, object.getId());
    if (batch.getOrigin() == GatewayOrigin.BACKGROUND) {
      response.header(HeaderNames.create("x-offpeak-mode"), "batch");
      Answer.send(response, 200, BackgroundJson.waiting(id, object, batch));
      return;
    }
    request
        .headers()
        .first(HeaderNames.create("prefer"))
        .ifPresent(_ -> response.header(HeaderNames.create("preference-applied"), "respond-async"));
    response.header(HeaderNames.LOCATION, location(endpoint, id));
    response.header(HeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
    response.header(HeaderNames.create("x-offpeak-mode"), "batch");
    Answer.send(response, 202, DeferredJson.of(id, object, batch, model));
  }

  private static String location(String endpoint, String id) {
    boolean hasItsOwn = endpoint.equals("/v1/chat/completions") || endpoint.equals("/v1/responses");
    return (hasItsOwn ? endpoint : "/v1/requests") + "/" + id;
  }

  private GatewayObject create(
      String id,
      String endpoint,
      String model,
      byte[] body,
      Caller caller,
      ServerRequest request,
      Repeats call)
      throws InterruptedException {
    Headers headers =
        RecordStamp.of(name -> request.headers().first(HeaderNames.create(name)), caller);
    DeferredBody asked = DeferredBody.of(endpoint, body, clock.instant());
    asked.requireForeign(objects, caller.tenantOrDefault());
    if (asked.deadline() != null) {
      headers.remove(OffpeakHeaders.DEADLINE);
      headers.add(OffpeakHeaders.DEADLINE, asked.deadline().toString().getBytes(UTF_8));
    }
    byte[] line = line(customId(request, id), endpoint, asked.sent());
    if (JsonLines.decode(line, headers) instanceof RequestDecoding.Undecodable refused) {
      throw new ApiException(new ApiError(400, refused.code().id(), refused.message()));
    }
    reserve(id, model, line, caller, request);
    Instant now = clock.instant();
    GatewayObject file = keep(line, id, caller, now);
    Map<String, String> copied = new HashMap<>();
    headers.forEach(header -> copied.put(header.key(), new String(header.value(), UTF_8)));
    return GatewayObject.newBuilder()
        .setTenant(caller.tenantOrDefault())
        .setId(id)
        .setCreatedAt(now)
        .setCreatedBy(call.digest())
        .setObject(
            GatewayBatch.newBuilder()
                .setStatus(GatewayBatchStatus.VALIDATING)
                .setEndpoint(endpoint)
                .setInputFileId(file.getId())
                .setCompletionWindow("24h")
                .setExpiresAt(now.plus(WINDOW))
                .setMetadata(Map.of())
                .setHeaders(copied)
                .setModel(model)
                .setOrigin(asked.background() ? GatewayOrigin.BACKGROUND : GatewayOrigin.CALL)
                .build())
        .build();
  }

  private void reserve(String id, String model, byte[] line, Caller caller, ServerRequest request)
      throws InterruptedException {
    try {
      purse.reserve(
          id,
          caller,
          RecordStamp.spender(name -> request.headers().first(HeaderNames.create(name)), caller),
          model,
          line.length,
          () -> new ByteArrayInputStream(line));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory can't fail", e);
    }
  }

  private static String customId(ServerRequest request, String otherwise) {
    String id =
        request
            .headers()
            .first(HeaderNames.create("x-offpeak-custom-id"))
            .filter(each -> !each.isBlank())
            .orElse(otherwise);
    if (id.getBytes(UTF_8).length > LONGEST_ID) {
      throw new ApiException(
          new ApiError(
              400,
              "invalid_custom_id",
              "x-offpeak-custom-id is longer than " + LONGEST_ID + " bytes",
              "x-offpeak-custom-id"));
    }
    return id;
  }

  private static byte[] line(String customId, String endpoint, byte[] body) {
    byte[] head =
        Json.object(
            json -> {
              json.writeStringField("custom_id", customId);
              json.writeStringField("method", "POST");
              json.writeStringField("url", endpoint);
            });
    var line = new ByteArrayOutputStream(head.length + body.length + 16);
    line.write(head, 0, head.length - 1);
    line.writeBytes(",\"body\":".getBytes(UTF_8));
    line.writeBytes(JsonItems.onOneLine(body));
    line.write('}');
    return line.toByteArray();
  }

  private GatewayObject keep(byte[] line, String batch, Caller caller, Instant now)
      throws InterruptedException {
    try (FileStore.Writing writing = files.begin()) {
      writing.write(line, 0, line.length);
      FileStore.Finished finished = writing.finish();
      GatewayObject file =
          GatewayObject.newBuilder()
              .setTenant(caller.tenantOrDefault())
              .setId(ids.next("file-"))
              .setCreatedAt(now)
              .setObject(
                  GatewayFile.newBuilder()
                      .setFilename(batch + "_input.jsonl")
                      .setPurpose("batch")
                      .setBytes(finished.bytes())
                      .setSha256(finished.sha256())
                      .setExpiresAt(now.plus(KEPT))
                      .setStored(finished.stored())
                      .build())
              .build();
      objects.put(file);
      return file;
    } catch (IOException e) {
      throw new ApiException(
          new ApiError(
              503, "kafka_unavailable", "the call could not be stored: " + e.getMessage()));
    }
  }
}
