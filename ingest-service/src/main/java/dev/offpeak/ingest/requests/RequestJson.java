package dev.offpeak.ingest.requests;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.ingest.batches.LineStates;
import dev.offpeak.ingest.batches.RequestSearch;
import dev.offpeak.ingest.http.Json;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.outcome.RawJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Requests as {@code /v1/requests} shows them. */
final class RequestJson {

  private RequestJson() {}

  static byte[] of(String customId, RequestSearch.Found found) {
    return Json.object(
        json -> {
          json.writeStringField("object", "request");
          json.writeStringField("custom_id", customId);
          json.writeStringField("batch_id", found.batch());
          json.writeNumberField("line", found.line());
          json.writeStringField("state", state(found));
          json.writeNumberField("attempts", found.attempts());
          job(json, found.sealed(), found.job());
          byte[] outcome = found.outcome();
          RawJson.write("outcome", outcome == null ? null : ByteBuffer.wrap(outcome), json);
        });
  }

  private static String state(RequestSearch.Found found) {
    if (found.outcome() != null) {
      return found.isDuplicate() ? "duplicate" : found.isFailure() ? "failed" : "succeeded";
    }
    if (found.sealed() != null) {
      JobRecord job = found.job();
      return job == null ? "sealed" : job.getState().name().toLowerCase(Locale.ROOT);
    }
    return found.attempts() == 0 ? "sent" : "waiting";
  }

  /** The job that executes it; the provider's ids are the installation's own business. */
  private static void job(JsonGenerator json, @Nullable String id, @Nullable JobRecord job)
      throws IOException {
    if (id == null) {
      json.writeNullField("job");
      return;
    }
    json.writeObjectFieldStart("job");
    json.writeStringField("id", id);
    if (job != null) {
      json.writeStringField("state", job.getState().name().toLowerCase(Locale.ROOT));
      json.writeStringField("account", job.getAccount());
      json.writeStringField("model", job.getModel());
      json.writeNumberField("requests", job.getRequests());
      json.writeNumberField("done", job.getDone());
      json.writeNumberField("failed", job.getFailed());
      json.writeNumberField("since", job.getSince().getEpochSecond());
    }
    json.writeEndObject();
  }

  static byte[] of(String batch, LineStates.Part part) {
    return Json.object(
        json -> {
          json.writeStringField("object", "list");
          json.writeArrayFieldStart("data");
          for (LineStates.Entry each : part.entries()) {
            json.writeStartObject();
            json.writeStringField("object", "request");
            json.writeStringField("custom_id", each.customId());
            json.writeStringField("batch_id", batch);
            json.writeNumberField("line", each.number());
            json.writeStringField("state", each.state().name().toLowerCase(Locale.ROOT));
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeBooleanField("has_more", part.hasMore());
          if (part.entries().isEmpty()) {
            json.writeNullField("last_line");
          } else {
            json.writeNumberField("last_line", part.entries().getLast().number());
          }
        });
  }
}
