package dev.offpeak.simulator.openai.batch;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.openai.answer.TokenCount;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The batch object as OpenAI writes it. */
final class BatchJson {
  private BatchJson() {}

  static void write(JsonGenerator json, BatchJob job) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", job.id());
    json.writeStringField("object", "batch");
    json.writeStringField("endpoint", job.order().endpoint());
    json.writeStringField("model", job.model());
    writeErrors(json, job.errors());
    json.writeStringField("input_file_id", job.order().inputFileId());
    json.writeStringField("completion_window", "24h");
    json.writeStringField("status", job.status().wire());
    json.writeStringField("output_file_id", job.outputFileId());
    json.writeStringField("error_file_id", job.errorFileId());
    json.writeNumberField("created_at", seconds(job.createdAt()));
    writeTime(json, "in_progress_at", job.since().get(BatchStatus.IN_PROGRESS));
    json.writeNumberField("expires_at", seconds(job.expiresAt()));
    writeTime(json, "finalizing_at", job.since().get(BatchStatus.FINALIZING));
    writeTime(json, "completed_at", job.since().get(BatchStatus.COMPLETED));
    writeTime(json, "failed_at", job.since().get(BatchStatus.FAILED));
    writeTime(json, "expired_at", job.since().get(BatchStatus.EXPIRED));
    writeTime(json, "cancelling_at", job.since().get(BatchStatus.CANCELLING));
    writeTime(json, "cancelled_at", job.since().get(BatchStatus.CANCELLED));
    json.writeObjectFieldStart("request_counts");
    json.writeNumberField("total", job.total());
    json.writeNumberField("completed", job.progress().executed() - job.progress().failed());
    json.writeNumberField("failed", job.progress().failed());
    json.writeEndObject();
    writeUsage(json, job.progress().tokens());
    writeMetadata(json, job.order().metadata());
    json.writeEndObject();
  }

  private static void writeErrors(JsonGenerator json, List<LineError> errors) throws IOException {
    if (errors.isEmpty()) {
      json.writeNullField("errors");
      return;
    }
    json.writeObjectFieldStart("errors");
    json.writeStringField("object", "list");
    json.writeArrayFieldStart("data");
    for (LineError error : errors) {
      json.writeStartObject();
      json.writeStringField("code", error.code());
      json.writeStringField("message", error.message());
      json.writeStringField("param", error.param());
      if (error.line() == null) {
        json.writeNullField("line");
      } else {
        json.writeNumberField("line", error.line());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeUsage(JsonGenerator json, TokenCount tokens) throws IOException {
    json.writeObjectFieldStart("usage");
    json.writeNumberField("input_tokens", tokens.input());
    json.writeObjectFieldStart("input_tokens_details");
    json.writeNumberField("cached_tokens", tokens.cached());
    json.writeEndObject();
    json.writeNumberField("output_tokens", tokens.output());
    json.writeObjectFieldStart("output_tokens_details");
    json.writeNumberField("reasoning_tokens", tokens.reasoning());
    json.writeEndObject();
    json.writeNumberField("total_tokens", tokens.input() + tokens.output());
    json.writeEndObject();
  }

  private static void writeMetadata(JsonGenerator json, @Nullable Map<String, String> metadata)
      throws IOException {
    if (metadata == null) {
      json.writeNullField("metadata");
      return;
    }
    json.writeObjectFieldStart("metadata");
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  private static void writeTime(JsonGenerator json, String name, @Nullable Long millis)
      throws IOException {
    if (millis == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, seconds(millis));
    }
  }

  private static long seconds(long millis) {
    return Math.floorDiv(millis, 1000L);
  }
}
