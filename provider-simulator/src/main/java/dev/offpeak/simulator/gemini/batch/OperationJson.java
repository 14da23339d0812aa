package dev.offpeak.simulator.gemini.batch;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.gemini.wire.RpcCode;
import dev.offpeak.simulator.job.Job;
import dev.offpeak.simulator.job.JobError;
import dev.offpeak.simulator.job.JobResults;
import dev.offpeak.simulator.job.JobState;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.time.Rfc3339;
import java.io.IOException;

/**
 * The operation as Gemini shows a batch: whole numbers of 64 bits are texts, fields that are zero
 * or false are not there.
 *
 * @param statePrefix what stands before the name of a state
 */
record OperationJson(String statePrefix) {
  private static final String TYPES = "type.googleapis.com/google.ai.generativelanguage.v1main.";

  /**
   * Writes an operation.
   *
   * @param inlined writes the array of its inline results, if those are asked for
   */
  void write(JsonGenerator json, Job<BatchOrder> job, Json.Writer inlined) throws IOException {
    BatchOrder order = job.order();
    json.writeStartObject();
    json.writeStringField("name", "batches/" + job.id());
    json.writeObjectFieldStart("metadata");
    json.writeStringField("@type", TYPES + order.kind().typeName());
    json.writeStringField("model", "models/" + order.model());
    json.writeStringField("displayName", order.displayName());
    json.writeObjectFieldStart("inputConfig");
    if (order.fileName() != null) {
      json.writeStringField("fileName", order.fileName());
    }
    json.writeEndObject();
    if (succeeded(job)) {
      json.writeObjectFieldStart("output");
      writeOutput(json, job, inlined);
      json.writeEndObject();
    }
    json.writeStringField("createTime", Rfc3339.text(job.createdAt()));
    if (job.state().terminal()) {
      json.writeStringField("endTime", Rfc3339.text(job.times().latest()));
    }
    json.writeStringField("updateTime", Rfc3339.text(job.times().latest()));
    writeStats(json, job);
    json.writeStringField("state", statePrefix + state(job.state()));
    if (order.priority() != null) {
      json.writeStringField("priority", order.priority());
    }
    json.writeStringField("name", "batches/" + job.id());
    json.writeEndObject();
    if (job.state().terminal()) {
      json.writeBooleanField("done", true);
      writeEnd(json, job, inlined);
    }
    json.writeEndObject();
  }

  /** Whether there is an output; a cancelled batch has one only where the rules say so. */
  private static boolean succeeded(Job<BatchOrder> job) {
    JobResults results = job.results();
    return results != null && results.output() != null;
  }

  private static void writeOutput(JsonGenerator json, Job<BatchOrder> job, Json.Writer inlined)
      throws IOException {
    JobResults results = job.results();
    if (results == null || results.output() == null) {
      return;
    }
    if (!job.order().inline()) {
      json.writeStringField("responsesFile", "files/" + results.output());
      return;
    }
    json.writeObjectFieldStart(job.order().kind().inlined());
    json.writeFieldName("inlinedResponses");
    inlined.write(json);
    json.writeEndObject();
  }

  private void writeEnd(JsonGenerator json, Job<BatchOrder> job, Json.Writer inlined)
      throws IOException {
    if (job.state() == JobState.COMPLETED) {
      json.writeObjectFieldStart("response");
      json.writeStringField("@type", TYPES + job.order().kind().typeName() + "Output");
      writeOutput(json, job, inlined);
      json.writeEndObject();
      return;
    }
    JobError error =
        switch (job.state()) {
          case CANCELLED -> error(RpcCode.CANCELLED, "The operation was cancelled.");
          case EXPIRED ->
              error(RpcCode.DEADLINE_EXCEEDED, "The batch expired before it was completed.");
          default -> job.errors().getFirst();
        };
    json.writeObjectFieldStart("error");
    json.writeNumberField("code", RpcCode.named(error.code()).number());
    json.writeStringField("message", error.message());
    json.writeEndObject();
  }

  private static JobError error(RpcCode code, String message) {
    return new JobError(code.name(), message, null, null);
  }

  private static void writeStats(JsonGenerator json, Job<BatchOrder> job) throws IOException {
    int total = job.contents().requests();
    json.writeObjectFieldStart("batchStats");
    writeCount(json, "requestCount", total);
    writeCount(json, "pendingRequestCount", total - job.progress().executed());
    writeCount(json, "successfulRequestCount", job.progress().succeeded());
    writeCount(json, "failedRequestCount", job.progress().failed());
    json.writeEndObject();
  }

  private static void writeCount(JsonGenerator json, String name, int count) throws IOException {
    if (count > 0) {
      json.writeStringField(name, Integer.toString(count));
    }
  }

  private static String state(JobState state) {
    return switch (state) {
      case VALIDATING -> "PENDING";
      case RUNNING, FINALIZING, CANCELLING -> "RUNNING";
      case COMPLETED -> "SUCCEEDED";
      case FAILED -> "FAILED";
      case EXPIRED -> "EXPIRED";
      case CANCELLED -> "CANCELLED";
    };
  }
}
