package dev.offpeak.ingest.objects;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.ingest.http.Json;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayBatchError;
import dev.offpeak.schemas.avro.GatewayBatchStatus;
import dev.offpeak.schemas.avro.GatewayFile;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.avro.Tokens;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects as OpenAI's API shows them. */
public final class ObjectJson {

  private static final int PICO_DIGITS = 12;

  private ObjectJson() {}

  /** One object. */
  public static byte[] of(Shown shown) {
    return Json.object(json -> write(json, shown));
  }

  /** A page of a list. */
  public static byte[] of(Page page) {
    return Json.object(
        json -> {
          json.writeStringField("object", "list");
          json.writeArrayFieldStart("data");
          for (Shown each : page.shown()) {
            json.writeStartObject();
            write(json, each);
            json.writeEndObject();
          }
          json.writeEndArray();
          List<Shown> shown = page.shown();
          json.writeStringField(
              "first_id", shown.isEmpty() ? null : shown.getFirst().object().getId());
          json.writeStringField(
              "last_id", shown.isEmpty() ? null : shown.getLast().object().getId());
          json.writeBooleanField("has_more", page.hasMore());
        });
  }

  /** That a file is gone. */
  public static byte[] deleted(String id) {
    return Json.object(
        json -> {
          json.writeStringField("id", id);
          json.writeStringField("object", "file");
          json.writeBooleanField("deleted", true);
        });
  }

  /** The members of an object, between the braces. */
  public static void write(JsonGenerator json, Shown shown) throws IOException {
    GatewayObject object = shown.object();
    json.writeStringField("id", object.getId());
    switch (object.getObject()) {
      case GatewayFile file -> file(json, object, file);
      case GatewayBatch batch -> batch(json, object, batch, shown.cancelling());
      default -> throw new IllegalStateException("nobody is shown " + object.getId());
    }
  }

  private static void file(JsonGenerator json, GatewayObject object, GatewayFile file)
      throws IOException {
    json.writeStringField("object", "file");
    json.writeNumberField("bytes", file.getBytes());
    json.writeNumberField("created_at", object.getCreatedAt().getEpochSecond());
    time(json, "expires_at", file.getExpiresAt());
    json.writeStringField("filename", file.getFilename());
    json.writeStringField("purpose", file.getPurpose());
    json.writeStringField("status", "processed");
    json.writeNullField("status_details");
  }

  private static void batch(
      JsonGenerator json, GatewayObject object, GatewayBatch batch, @Nullable Instant cancelling)
      throws IOException {
    json.writeStringField("object", "batch");
    json.writeStringField("endpoint", batch.getEndpoint());
    json.writeStringField("model", batch.getModel());
    errors(json, batch.getErrors());
    json.writeStringField(
        "input_file_id", batch.getInputFileId().isEmpty() ? null : batch.getInputFileId());
    json.writeStringField("completion_window", batch.getCompletionWindow());
    json.writeStringField("status", status(batch, cancelling));
    json.writeStringField("output_file_id", batch.getOutputFileId());
    json.writeStringField("error_file_id", batch.getErrorFileId());
    json.writeNumberField("created_at", object.getCreatedAt().getEpochSecond());
    time(json, "in_progress_at", batch.getInProgressAt());
    time(json, "expires_at", batch.getExpiresAt());
    time(json, "finalizing_at", batch.getFinalizingAt());
    GatewayBatchStatus status = batch.getStatus();
    time(json, "completed_at", status == GatewayBatchStatus.COMPLETED ? batch.getEndedAt() : null);
    time(json, "failed_at", status == GatewayBatchStatus.FAILED ? batch.getEndedAt() : null);
    time(json, "expired_at", status == GatewayBatchStatus.EXPIRED ? batch.getEndedAt() : null);
    time(json, "cancelling_at", cancelling);
    time(json, "cancelled_at", status == GatewayBatchStatus.CANCELLED ? batch.getEndedAt() : null);
    json.writeObjectFieldStart("request_counts");
    boolean isOver = Batches.isOver(batch);
    json.writeNumberField("total", batch.getLines() - batch.getDuplicates());
    json.writeNumberField("completed", batch.getCompleted());
    json.writeNumberField("failed", batch.getFailed() + (isOver ? 0 : batch.getBad()));
    json.writeEndObject();
    usage(json, batch.getTokens());
    metadata(json, batch.getMetadata());
    offpeak(json, batch);
  }

  /** What it cost; what has no price is counted, and is in no sum. */
  private static void offpeak(JsonGenerator json, GatewayBatch batch) throws IOException {
    json.writeObjectFieldStart("offpeak");
    json.writeStringField("cost_usd", usd(batch.getCostPicoUsd()));
    json.writeStringField("sync_cost_usd", usd(batch.getSyncCostPicoUsd()));
    json.writeStringField("saved_usd", usd(batch.getSyncCostPicoUsd() - batch.getCostPicoUsd()));
    json.writeNumberField("without_price", batch.getUnpriced());
    json.writeNumberField("duplicates", batch.getDuplicates());
    json.writeEndObject();
  }

  /** Money is no floating-point number: a decimal in a string. */
  private static String usd(long pico) {
    return BigDecimal.valueOf(pico, PICO_DIGITS).stripTrailingZeros().toPlainString();
  }

  private static String status(GatewayBatch batch, @Nullable Instant cancelling) {
    boolean isOver = Batches.isOver(batch);
    return cancelling != null && !isOver
        ? "cancelling"
        : batch.getStatus().name().toLowerCase(Locale.ROOT);
  }

  private static void errors(JsonGenerator json, List<GatewayBatchError> errors)
      throws IOException {
    if (errors.isEmpty()) {
      json.writeNullField("errors");
      return;
    }
    json.writeObjectFieldStart("errors");
    json.writeStringField("object", "list");
    json.writeArrayFieldStart("data");
    for (GatewayBatchError error : errors) {
      json.writeStartObject();
      json.writeStringField("code", error.getCode());
      json.writeStringField("message", error.getMessage());
      json.writeStringField("param", error.getParam());
      if (error.getLine() == null) {
        json.writeNullField("line");
      } else {
        json.writeNumberField("line", error.getLine());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void usage(JsonGenerator json, @Nullable Tokens tokens) throws IOException {
    if (tokens == null) {
      json.writeNullField("usage");
      return;
    }
    json.writeObjectFieldStart("usage");
    json.writeNumberField("input_tokens", tokens.getInput());
    json.writeObjectFieldStart("input_tokens_details");
    json.writeNumberField("cached_tokens", tokens.getCachedInput());
    json.writeEndObject();
    json.writeNumberField("output_tokens", tokens.getOutput());
    json.writeObjectFieldStart("output_tokens_details");
    json.writeNumberField("reasoning_tokens", tokens.getReasoning());
    json.writeEndObject();
    json.writeNumberField("total_tokens", tokens.getInput() + tokens.getOutput());
    json.writeEndObject();
  }

  private static void metadata(JsonGenerator json, @Nullable Map<String, String> metadata)
      throws IOException {
    if (metadata == null) {
      json.writeNullField("metadata");
      return;
    }
    json.writeObjectFieldStart("metadata");
    for (Map.Entry<String, String> each : metadata.entrySet()) {
      json.writeStringField(each.getKey(), each.getValue());
    }
    json.writeEndObject();
  }

  private static void time(JsonGenerator json, String name, @Nullable Instant time)
      throws IOException {
    if (time == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, time.getEpochSecond());
    }
  }
}
