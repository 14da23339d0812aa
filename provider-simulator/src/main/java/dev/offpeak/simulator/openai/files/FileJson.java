package dev.offpeak.simulator.openai.files;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.store.StoredFile;
import java.io.IOException;

/** The file object as OpenAI writes it. */
final class FileJson {
  private FileJson() {}

  static void write(JsonGenerator json, StoredFile file, boolean pending) throws IOException {
    json.writeStartObject();
    json.writeStringField("object", "file");
    json.writeStringField("id", file.id());
    json.writeStringField("purpose", file.purpose());
    json.writeStringField("filename", file.name());
    json.writeNumberField("bytes", file.bytes());
    json.writeNumberField("created_at", Math.floorDiv(file.createdAt(), 1000L));
    if (file.expiresAt() == null) {
      json.writeNullField("expires_at");
    } else {
      json.writeNumberField("expires_at", Math.floorDiv(file.expiresAt(), 1000L));
    }
    json.writeStringField("status", pending ? "pending" : "processed");
    json.writeNullField("status_details");
    json.writeEndObject();
  }
}
