package dev.offpeak.ingest.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.ingest.intake.IntakeReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Writes the bodies of answers. */
public final class Json {

  private static final JsonFactory FACTORY = new JsonFactory();

  /** Writes the fields of an object. */
  public interface Fields {

    /** Writes them, between the braces. */
    void write(JsonGenerator json) throws IOException;
  }

  private Json() {}

  /** {@code {"error": {...}}}. */
  static byte[] of(ApiError error) {
    return object(json -> write(json, error));
  }

  /**
   * {@code {"accepted", "rejected", "errors": [{"line", "code", "message"}]}}, with the number of
   * errors left out when there are more than are listed, and, when the body was not read to its
   * end, with the error that ended the intake and the line to go on from.
   *
   * @param batch id of the batch that it is; null when it is none
   */
  static byte[] of(IntakeReport report, @Nullable ApiError error, @Nullable String batch) {
    return object(
        json -> {
          if (error != null) {
            write(json, error);
          }
          if (batch != null) {
            json.writeStringField("batch_id", batch);
          }
          json.writeNumberField("accepted", report.accepted());
          json.writeNumberField("rejected", report.refused());
          json.writeArrayFieldStart("errors");
          for (var refusal : report.refusals()) {
            json.writeStartObject();
            json.writeNumberField("line", refusal.line());
            json.writeStringField("code", refusal.code());
            json.writeStringField("message", refusal.message());
            json.writeEndObject();
          }
          json.writeEndArray();
          if (report.stop() != null) {
            json.writeNumberField("resume_from_line", report.resumeFrom());
          }
          if (report.refused() > report.refusals().size()) {
            json.writeNumberField("errors_left_out", report.refused() - report.refusals().size());
          }
        });
  }

  private static void write(JsonGenerator json, ApiError error) throws IOException {
    json.writeObjectFieldStart("error");
    json.writeStringField("message", error.message());
    json.writeStringField("type", error.type());
    json.writeStringField("param", error.param());
    json.writeStringField("code", error.code());
    json.writeEndObject();
  }

  /** An object with these fields. */
  public static byte[] object(Fields fields) {
    var bytes = new ByteArrayOutputStream();
    try (var json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory can't fail", e);
    }
    return bytes.toByteArray();
  }
}
