package dev.offpeak.simulator.anthropic.batch;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.job.Job;
import dev.offpeak.simulator.job.JobState;
import dev.offpeak.simulator.time.Rfc3339;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The message batch as Anthropic writes it. */
final class BatchJson {
  private BatchJson() {}

  /** What every caller sees of a batch: it is in progress, canceling or ended. */
  static String status(Job<BatchOrder> job) {
    if (job.state().terminal()) {
      return "ended";
    }
    return job.state() == JobState.CANCELLING ? "canceling" : "in_progress";
  }

  /**
   * Writes a batch.
   *
   * @param archivedAt when its results are or were removed
   * @param now the time
   * @param resultsUrl where its results are while they are kept
   */
  static void write(
      JsonGenerator json, Job<BatchOrder> job, long archivedAt, long now, String resultsUrl)
      throws IOException {
    boolean ended = job.state().terminal();
    boolean archived = ended && now >= archivedAt;
    json.writeStartObject();
    json.writeStringField("id", job.id());
    json.writeStringField("type", "message_batch");
    json.writeStringField("processing_status", status(job));
    writeCounts(json, job, ended);
    writeTime(json, "created_at", job.createdAt());
    writeTime(json, "expires_at", job.expiresAt());
    writeTime(json, "ended_at", ended ? job.times().latest() : null);
    writeTime(json, "cancel_initiated_at", job.times().at(JobState.CANCELLING));
    writeTime(json, "archived_at", archived ? archivedAt : null);
    json.writeStringField("results_url", ended && !archived ? resultsUrl : null);
    json.writeEndObject();
  }

  /** All requests are processing until all of them have ended. */
  private static void writeCounts(JsonGenerator json, Job<BatchOrder> job, boolean ended)
      throws IOException {
    int total = job.contents().requests();
    int left = total - job.progress().executed();
    json.writeObjectFieldStart("request_counts");
    json.writeNumberField("processing", ended ? 0 : total);
    json.writeNumberField("succeeded", ended ? job.progress().succeeded() : 0);
    json.writeNumberField("errored", ended ? job.progress().failed() : 0);
    json.writeNumberField("canceled", job.state() == JobState.CANCELLED ? left : 0);
    json.writeNumberField("expired", job.state() == JobState.EXPIRED ? left : 0);
    json.writeEndObject();
  }

  private static void writeTime(JsonGenerator json, String name, @Nullable Long millis)
      throws IOException {
    json.writeStringField(name, millis == null ? null : Rfc3339.text(millis));
  }
}
