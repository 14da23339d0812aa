package dev.offpeak.runtime.http;

import com.fasterxml.jackson.core.JsonFactory;
import dev.offpeak.runtime.health.CheckResult;
import dev.offpeak.runtime.health.HealthReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A health report as JSON: {@code {"status":"up","checks":[{"name","status","reason","note"}]}}.
 */
final class HealthJson {

  private static final JsonFactory JSON = new JsonFactory();

  private HealthJson() {}

  static byte[] write(HealthReport report) {
    var bytes = new ByteArrayOutputStream();
    try (var json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("status", report.isOk() ? "up" : "down");
      json.writeArrayFieldStart("checks");
      for (var entry : report.entries()) {
        json.writeStartObject();
        json.writeStringField("name", entry.name());
        switch (entry.result()) {
          case CheckResult.Ok _ -> json.writeStringField("status", "up");
          case CheckResult.Noted(var words) -> {
            json.writeStringField("status", "up");
            json.writeStringField("note", words);
          }
          case CheckResult.NotOk(var reason) -> {
            json.writeStringField("status", "down");
            json.writeStringField("reason", reason);
          }
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
