package dev.offpeak.ingest.resources;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.ingest.batches.VirtualBatches;
import dev.offpeak.ingest.objects.Batches;
import dev.offpeak.ingest.objects.Shown;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayBatchError;
import dev.offpeak.schemas.avro.GatewayBatchStatus;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.request.Endpoints;
import dev.offpeak.schemas.request.OffpeakHeaders;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Batches as Gemini's API shows them: as operations that run on. */
final class OperationJson {

  static final String DISPLAY_NAME = "displayName";

  private static final String TYPES = "type.googleapis.com/google.ai.generativelanguage.v1main.";

  /** Writes the members of an output. */
  @FunctionalInterface
  interface Output {
    void write(JsonGenerator json) throws IOException;
  }

  private OperationJson() {}

  /** Writes the members of an operation. */
  static void write(JsonGenerator json, Shown shown, Output output) throws IOException {
    GatewayObject object = shown.object();
    GatewayBatch batch = (GatewayBatch) object.getObject();
    String name = Names.BATCHES + VirtualBatches.name(object);
    json.writeStringField("name", name);
    json.writeObjectFieldStart("metadata");
    json.writeStringField("@type", TYPES + type(batch));
    json.writeStringField("name", name);
    json.writeStringField("model", "models/" + batch.getHeaders().get(OffpeakHeaders.MODEL));
    Map<String, String> own = Objects.requireNonNullElse(batch.getMetadata(), Map.of());
    json.writeStringField(DISPLAY_NAME, own.getOrDefault(DISPLAY_NAME, ""));
    if (!Responses.cameInline(batch)) {
      json.writeObjectFieldStart("inputConfig");
      json.writeStringField("fileName", Names.FILES + batch.getInputFileId());
      json.writeEndObject();
    }
    times(json, object, batch);
    stats(json, batch);
    json.writeStringField("state", "BATCH_STATE_" + state(batch));
    boolean isOver = Batches.isOver(batch);
    if (isOver && hasOutput(batch)) {
      json.writeObjectFieldStart("output");
      output.write(json);
      json.writeEndObject();
    }
    json.writeEndObject();
    if (isOver) {
      json.writeBooleanField("done", true);
      end(json, batch, output);
    }
  }

  private static boolean hasOutput(GatewayBatch batch) {
    return batch.getOutputFileId() != null || batch.getErrorFileId() != null;
  }

  private static boolean embeds(GatewayBatch batch) {
    return batch.getEndpoint().equals(Endpoints.EMBED_CONTENT);
  }

  private static String type(GatewayBatch batch) {
    return embeds(batch) ? "EmbedContentBatch" : "GenerateContentBatch";
  }

  /** The member of an output that holds responses. */
  static String inlined(GatewayBatch batch) {
    return embeds(batch) ? "inlinedEmbedContentResponses" : "inlinedResponses";
  }

  private static void times(JsonGenerator json, GatewayObject object, GatewayBatch batch)
      throws IOException {
    Names.time(json, "createTime", object.getCreatedAt());
    Names.time(json, "endTime", batch.getEndedAt());
    Names.time(
        json,
        "updateTime",
        Stream.of(
                batch.getEndedAt(),
                batch.getFinalizingAt(),
                batch.getInProgressAt(),
                object.getCreatedAt())
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow());
  }

  private static void stats(JsonGenerator json, GatewayBatch batch) throws IOException {
    long failed = batch.getFailed() + batch.getDuplicates();
    json.writeObjectFieldStart("batchStats");
    Names.count(json, "requestCount", batch.getLines());
    Names.count(json, "pendingRequestCount", batch.getLines() - batch.getCompleted() - failed);
    Names.count(json, "successfulRequestCount", batch.getCompleted());
    Names.count(json, "failedRequestCount", failed);
    json.writeEndObject();
  }

  private static String state(GatewayBatch batch) {
    return switch (batch.getStatus()) {
      case VALIDATING -> "PENDING";
      case IN_PROGRESS, FINALIZING -> "RUNNING";
      case COMPLETED -> "SUCCEEDED";
      case FAILED -> "FAILED";
      case CANCELLED -> "CANCELLED";
      case EXPIRED -> "EXPIRED";
    };
  }

  private static void end(JsonGenerator json, GatewayBatch batch, Output output)
      throws IOException {
    if (batch.getStatus() == GatewayBatchStatus.COMPLETED) {
      json.writeObjectFieldStart("response");
      json.writeStringField("@type", TYPES + type(batch) + "Output");
      output.write(json);
      json.writeEndObject();
      return;
    }
    switch (batch.getStatus()) {
      case CANCELLED -> ResponseJson.error(json, "CANCELLED", "The operation was cancelled.");
      case EXPIRED ->
          ResponseJson.error(
              json, "DEADLINE_EXCEEDED", "The batch expired before it was completed.");
      default -> ResponseJson.error(json, "INVALID_ARGUMENT", errors(batch));
    }
  }

  private static String errors(GatewayBatch batch) {
    return batch.getErrors().stream().map(OperationJson::error).collect(Collectors.joining(" "));
  }

  private static String error(GatewayBatchError error) {
    return error.getLine() == null
        ? error.getMessage()
        : "Line " + error.getLine() + ": " + error.getMessage();
  }
}
