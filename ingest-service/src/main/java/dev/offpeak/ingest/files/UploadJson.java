package dev.offpeak.ingest.files;

import dev.offpeak.ingest.http.Json;
import dev.offpeak.ingest.objects.ObjectJson;
import dev.offpeak.ingest.objects.Shown;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.avro.GatewayPart;
import dev.offpeak.schemas.avro.GatewayUpload;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Uploads and their parts as OpenAI's API shows them. */
final class UploadJson {

  private UploadJson() {}

  /**
   * An upload.
   *
   * @param file that it has become; null when it has become none
   */
  static byte[] of(GatewayObject object, GatewayUpload upload, @Nullable Shown file) {
    return Json.object(
        json -> {
          json.writeStringField("id", object.getId());
          json.writeStringField("object", "upload");
          json.writeNumberField("bytes", upload.getBytes());
          json.writeNumberField("created_at", object.getCreatedAt().getEpochSecond());
          json.writeStringField("filename", upload.getFilename());
          json.writeStringField("purpose", upload.getPurpose());
          json.writeStringField("status", upload.getStatus().name().toLowerCase(Locale.ROOT));
          json.writeNumberField("expires_at", upload.getExpiresAt().getEpochSecond());
          if (file == null) {
            json.writeNullField("file");
          } else {
            json.writeObjectFieldStart("file");
            ObjectJson.write(json, file);
            json.writeEndObject();
          }
        });
  }

  /** A part. */
  static byte[] of(GatewayObject object, GatewayPart part) {
    return Json.object(
        json -> {
          json.writeStringField("id", object.getId());
          json.writeStringField("object", "upload.part");
          json.writeNumberField("created_at", object.getCreatedAt().getEpochSecond());
          json.writeStringField("upload_id", part.getUploadId());
        });
  }
}
