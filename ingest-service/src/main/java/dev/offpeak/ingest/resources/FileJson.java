package dev.offpeak.ingest.resources;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.ingest.http.Json;
import dev.offpeak.schemas.avro.GatewayFile;
import dev.offpeak.schemas.avro.GatewayObject;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Function;

/**
 * Files as Gemini's API shows them.
 *
 * @param address of a file, by its name
 */
record FileJson(Function<String, String> address) {

  private static final String LINES = "application/jsonl";

  byte[] of(GatewayObject object) {
    return Json.object(json -> write(json, object));
  }

  /** As the answer to an upload has it. */
  byte[] uploaded(GatewayObject object) {
    return Json.object(
        json -> {
          json.writeObjectFieldStart("file");
          write(json, object);
          json.writeEndObject();
        });
  }

  /** The responses of a batch, which are written when they are asked for: nobody knows a size. */
  byte[] responses(String id, Instant created) {
    return Json.object(
        json -> {
          begin(json, id, LINES, "GENERATED");
          Names.time(json, "createTime", created);
          Names.time(json, "updateTime", created);
        });
  }

  void write(JsonGenerator json, GatewayObject object) throws IOException {
    GatewayFile file = (GatewayFile) object.getObject();
    boolean isOutput = file.getPurpose().equals("batch_output");
    begin(
        json,
        object.getId(),
        Objects.requireNonNullElse(file.getMimeType(), LINES),
        isOutput ? "GENERATED" : "UPLOADED");
    if (!file.getFilename().isEmpty()) {
      json.writeStringField("displayName", file.getFilename());
    }
    json.writeStringField("sizeBytes", Long.toString(file.getBytes()));
    Names.time(json, "createTime", object.getCreatedAt());
    Names.time(json, "updateTime", object.getCreatedAt());
    Names.time(json, "expirationTime", file.getExpiresAt());
    if (!file.getSha256().isEmpty()) {
      byte[] digest = HexFormat.of().parseHex(file.getSha256());
      json.writeStringField("sha256Hash", Base64.getEncoder().encodeToString(digest));
    }
  }

  private void begin(JsonGenerator json, String id, String type, String source) throws IOException {
    String name = Names.FILES + id;
    json.writeStringField("name", name);
    json.writeStringField("mimeType", type);
    json.writeStringField("uri", address.apply(name));
    json.writeStringField("downloadUri", address.apply(name + ":download?alt=media"));
    json.writeStringField("state", "ACTIVE");
    json.writeStringField("source", source);
  }
}
