package dev.offpeak.simulator.openai.batch;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.answer.TokenCount;
import dev.offpeak.simulator.job.Job;
import dev.offpeak.simulator.job.JobError;
import dev.offpeak.simulator.job.JobResults;
import dev.offpeak.simulator.job.JobState;
import dev.offpeak.simulator.job.JobTimes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The batch object as OpenAI writes it. */
final class BatchJson {
  private BatchJson() {}

  static void write(JsonGenerator json, Job<BatchOrder> job) throws IOException {
    JobResults results = job.results() == null ? JobResults.NONE : job.results();
    json.writeStartObject();
    json.writeStringField("id", job.id());
    json.writeStringField("object", "batch");
    json.writeStringField("endpoint", job.order().endpoint());
    json.writeStringField("model", modelOf(job));
    writeErrors(json, job.errors());
    json.writeStringField("input_file_id", job.order().inputFileId());
    json.writeStringField("completion_window", "24h");
    json.writeStringField("status", BatchStatus.of(job.state()));
    json.writeStringField("output_file_id", results.output());
    json.writeStringField("error_file_id", results.error());
    json.writeNumberField("created_at", seconds(job.createdAt()));
    JobTimes times = job.times();
    writeTime(json, "in_progress_at", times.at(JobState.RUNNING));
    json.writeNumberField("expires_at", seconds(job.expiresAt()));
    writeTime(json, "finalizing_at", times.at(JobState.FINALIZING));
    writeTime(json, "completed_at", times.at(JobState.COMPLETED));
    writeTime(json, "failed_at", times.at(JobState.FAILED));
    writeTime(json, "expired_at", times.at(JobState.EXPIRED));
    writeTime(json, "cancelling_at", times.at(JobState.CANCELLING));
    writeTime(json, "cancelled_at", times.at(JobState.CANCELLED));
    json.writeObjectFieldStart("request_counts");
    json.writeNumberField("total", job.contents().requests());
    json.writeNumberField("completed", job.progress().succeeded());
    json.writeNumberField("failed", job.progress().failed());
    json.writeEndObject();
    writeUsage(json, job.progress().tokens());
    writeMetadata(json, job.order().metadata());
    json.writeEndObject();
  }

  private static @Nullable String modelOf(Job<BatchOrder> job) {
    return job.contents().requests() == 0 ? null : job.contents().model();
  }

  private static void writeErrors(JsonGenerator json, List<JobError> errors) throws IOException {
    if (errors.isEmpty()) {
      json.writeNullField("errors");
      return;
    }
    json.writeObjectFieldStart("errors");
    json.writeStringField("object", "list");
    json.writeArrayFieldStart("data");
    for (JobError error : errors) {
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
