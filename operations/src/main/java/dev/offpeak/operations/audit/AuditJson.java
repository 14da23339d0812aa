package dev.offpeak.operations.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/** An audit's report for a program: one object on one line. */
final class AuditJson {

  private static final JsonFactory JSON = new JsonFactory();

  private AuditJson() {}

  static String of(AuditReport report) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeBooleanField("clean", report.isClean());
      json.writeNumberField("requests", report.requests());
      json.writeNumberField("settled", report.settled());
      json.writeNumberField("dropped", report.dropped());
      json.writeNumberField("in_flight", report.inFlight());
      json.writeNumberField("not_admitted", report.notAdmitted());
      json.writeNumberField("missing", report.missing());
      json.writeNumberField("doubled", report.doubled());
      if (report.billedTwice() != null) {
        json.writeNumberField("billed_twice", report.billedTwice());
      }
      if (report.oldestInFlight() != null) {
        json.writeStringField("oldest_in_flight", report.oldestInFlight().toString());
      }
      writeTenants(json, report);
      writeExamples(json, report);
      json.writeObjectFieldStart("left_out");
      for (Map.Entry<String, Long> topic : report.leftOut().entrySet()) {
        json.writeNumberField(topic.getKey(), topic.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return text.append('\n').toString();
  }

  private static void writeTenants(JsonGenerator json, AuditReport report) throws IOException {
    json.writeObjectFieldStart("tenants");
    for (Map.Entry<String, Map<RequestTally.Count, Long>> tenant : report.byTenant().entrySet()) {
      json.writeObjectFieldStart(tenant.getKey());
      for (RequestTally.Count count : RequestTally.Count.values()) {
        json.writeNumberField(name(count), tenant.getValue().getOrDefault(count, 0L));
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void writeExamples(JsonGenerator json, AuditReport report) throws IOException {
    json.writeArrayFieldStart("violations");
    for (Violation broken : report.examples()) {
      json.writeStartObject();
      json.writeStringField("what", name(broken.what()));
      json.writeNumberField("partition", broken.partition());
      json.writeNumberField("offset", broken.offset());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
