package dev.offpeak.simulator.gemini.files;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.store.StoredFile;
import dev.offpeak.simulator.time.Rfc3339;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The file object as Gemini writes it.
 *
 * @param root how the caller reaches the simulator
 * @param now the time
 * @param processingMs how long an uploaded file is being processed
 */
record FileJson(String root, long now, long processingMs) {
  /** The word for a file that a user uploaded, and the one for a file that a batch made. */
  static final String UPLOADED = "UPLOADED";

  static final String GENERATED = "GENERATED";

  void write(JsonGenerator json, StoredFile file) throws IOException {
    String created = Rfc3339.text(file.createdAt());
    String uri = root + "/v1beta/files/" + file.id();
    json.writeStartObject();
    json.writeStringField("name", "files/" + file.id());
    if (!file.name().isEmpty()) {
      json.writeStringField("displayName", file.name());
    }
    json.writeStringField("mimeType", file.contentType());
    json.writeStringField("sizeBytes", Long.toString(file.bytes()));
    json.writeStringField("createTime", created);
    json.writeStringField("updateTime", created);
    if (file.expiresAt() != null) {
      json.writeStringField("expirationTime", Rfc3339.text(file.expiresAt()));
    }
    if (!file.sha256().isEmpty()) {
      json.writeStringField("sha256Hash", base64(file.sha256()));
    }
    json.writeStringField("uri", uri);
    if (file.purpose().equals(GENERATED)) {
      json.writeStringField("downloadUri", uri + ":download?alt=media");
    }
    json.writeStringField("state", active(file) ? "ACTIVE" : "PROCESSING");
    json.writeStringField("source", file.purpose());
    json.writeEndObject();
  }

  private boolean active(StoredFile file) {
    return file.purpose().equals(GENERATED) || now >= file.createdAt() + processingMs;
  }

  /** The hash in hexadecimal digits, and those in Base64: that is what the real API sends. */
  private static String base64(String hex) {
    return Base64.getEncoder().encodeToString(hex.getBytes(StandardCharsets.US_ASCII));
  }
}
