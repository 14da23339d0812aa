package dev.offpeak.ingest.messages;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.ingest.batches.VirtualBatches;
import dev.offpeak.ingest.http.Json;
import dev.offpeak.ingest.objects.Batches;
import dev.offpeak.ingest.objects.Page;
import dev.offpeak.ingest.objects.Shown;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayObject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Batches as Anthropic's API shows them.
 *
 * @param resultsUrl where the results of a batch are, by its id
 */
record MessageBatchJson(Clock clock, Function<String, String> resultsUrl) {

  private static final String BEGINS = "msgbatch_";

  /** Results are kept for so long, counted from the create, and the batch beyond. */
  private static final Duration KEPT = Duration.ofDays(29);

  static String id(GatewayObject batch) {
    return BEGINS + VirtualBatches.name(batch);
  }

  /** The name of the batch of that id; one that is no id of a batch is nobody's name. */
  static String name(String id) {
    return id.startsWith(BEGINS) ? id.substring(BEGINS.length()) : "";
  }

  /** Whether its results can be had. */
  static boolean hasResults(GatewayObject object, Clock clock) {
    return Batches.isOver((GatewayBatch) object.getObject())
        && clock.instant().isBefore(object.getCreatedAt().plus(KEPT));
  }

  byte[] of(Shown shown) {
    return Json.object(json -> fields(json, shown));
  }

  byte[] of(Page page) {
    return Json.object(
        json -> {
          json.writeArrayFieldStart("data");
          for (Shown each : page.shown()) {
            json.writeStartObject();
            fields(json, each);
            json.writeEndObject();
          }
          json.writeEndArray();
          List<Shown> shown = page.shown();
          json.writeStringField("first_id", shown.isEmpty() ? null : id(shown.getFirst().object()));
          json.writeStringField("last_id", shown.isEmpty() ? null : id(shown.getLast().object()));
          json.writeBooleanField("has_more", page.hasMore());
        });
  }

  static byte[] deleted(GatewayObject object) {
    return Json.object(
        json -> {
          json.writeStringField("id", id(object));
          json.writeStringField("type", "message_batch_deleted");
        });
  }

  private void fields(JsonGenerator json, Shown shown) throws IOException {
    GatewayObject object = shown.object();
    GatewayBatch batch = (GatewayBatch) object.getObject();
    boolean isOver = Batches.isOver(batch);
    json.writeStringField("id", id(object));
    json.writeStringField("type", "message_batch");
    json.writeStringField(
        "processing_status",
        isOver ? "ended" : shown.cancelling() == null ? "in_progress" : "canceling");
    counts(json, batch);
    time(json, "created_at", object.getCreatedAt());
    time(json, "expires_at", batch.getExpiresAt());
    time(json, "ended_at", batch.getEndedAt());
    time(json, "cancel_initiated_at", shown.cancelling());
    boolean isKept = hasResults(object, clock);
    time(json, "archived_at", isOver && !isKept ? object.getCreatedAt().plus(KEPT) : null);
    json.writeStringField("results_url", isKept ? resultsUrl.apply(id(object)) : null);
  }

  /** Anthropic moves them at the end only; whoever adds them up has the same sum. */
  private static void counts(JsonGenerator json, GatewayBatch batch) throws IOException {
    long done = batch.getCompleted() + batch.getFailed() + batch.getDuplicates();
    json.writeObjectFieldStart("request_counts");
    json.writeNumberField("processing", Math.max(0, batch.getLines() - done));
    json.writeNumberField("succeeded", batch.getCompleted());
    json.writeNumberField(
        "errored",
        batch.getFailed() + batch.getDuplicates() - batch.getCancelled() - batch.getExpired());
    json.writeNumberField("canceled", batch.getCancelled());
    json.writeNumberField("expired", batch.getExpired());
    json.writeEndObject();
  }

  private static void time(JsonGenerator json, String name, @Nullable Instant time)
      throws IOException {
    json.writeStringField(
        name, time == null ? null : time.truncatedTo(ChronoUnit.MILLIS).toString());
  }
}
