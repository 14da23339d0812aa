package dev.offpeak.operations.jobs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.QuotaRecord;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Jobs and quotas for a program: one object a line. */
final class JobsJson {

  private static final JsonFactory JSON = new JsonFactory();

  private JobsJson() {}

  @FunctionalInterface
  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  static String of(JobRecord job) {
    return line(
        json -> {
          json.writeStringField("batch", job.getBatchId());
          json.writeStringField("state", name(job.getState()));
          json.writeStringField("provider", job.getProvider());
          json.writeStringField("account", job.getAccount());
          json.writeStringField("endpoint", job.getEndpoint());
          json.writeStringField("model", job.getModel());
          json.writeNumberField("requests", job.getRequests());
          json.writeNumberField("done", job.getDone());
          json.writeNumberField("failed", job.getFailed());
          text(json, "since", job.getSince());
          text(json, "job", job.getProviderJobId());
          text(json, "status", job.getProviderStatus());
          text(json, "expires_at", job.getExpiresAt());
          text(json, "waits_until", job.getNotBefore());
          text(json, "ended", job.getEnded() == null ? null : name(job.getEnded()));
          text(json, "problem_code", job.getProblemCode());
          text(json, "problem", job.getProblem());
        });
  }

  static String of(Quota quota) {
    return line(
        json -> {
          json.writeStringField("provider", quota.scope().provider().id());
          json.writeStringField("account", quota.scope().account());
          json.writeStringField("model", quota.scope().model());
          json.writeStringField("unit", name(quota.unit()));
          json.writeNumberField("in_flight", quota.inFlight());
          json.writeNumberField("waiting", quota.waiting());
          number(json, "limit", quota.limit());
          QuotaRecord lessons = quota.lessons();
          number(json, "configured_limit", lessons == null ? null : lessons.getConfiguredLimit());
          number(json, "learned_limit", lessons == null ? null : lessons.getLearnedLimit());
          number(json, "refused_at", lessons == null ? null : lessons.getRefusedSum());
          text(json, "paused_until", lessons == null ? null : lessons.getPausedUntil());
          Double bytes = quota.bytesPerToken();
          if (bytes == null) {
            json.writeNullField("bytes_per_token");
          } else {
            json.writeNumberField("bytes_per_token", bytes);
          }
          text(json, "updated_at", lessons == null ? null : lessons.getUpdatedAt());
        });
  }

  private static String line(Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return text.toString();
  }

  private static void text(JsonGenerator json, String name, @Nullable Object value)
      throws IOException {
    json.writeStringField(name, value == null ? null : value.toString());
  }

  private static void number(JsonGenerator json, String name, @Nullable Long value)
      throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value);
    }
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
